"""What Django serves: who gets which page, the demo's doors, headers that keep strangers' text harmless."""

import re
from pathlib import Path

import pytest
from django.test import Client, override_settings

import web
from web import console, modules

WEB = Path(web.__file__).parent
STATIC = modules.STATIC
SCRIPTS = sorted((STATIC / "web").rglob("*.js"))
WORKER = WEB / "push-worker.js"
SVG_NAMESPACE = "http://www.w3.org/2000/svg"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))


@pytest.fixture
def browser(tmp_path, stack):
    """Needs the CSRF token, as a real browser does; whitenoise warns where its static root is not there."""
    with override_settings(STATIC_ROOT=str(tmp_path), ALLOWED_HOSTS=["testserver"]):
        yield Client(enforce_csrf_checks=True)


def test_a_stranger_is_told_what_this_is_and_finds_no_door(browser):
    with override_settings(DEMO=False):
        page = browser.get("/").content.decode()
        assert "You are not signed in" in page
        assert "/demo/" not in page
        assert browser.get("/demo/kim").status_code == 404


@override_settings(DEMO=True)
@pytest.mark.parametrize(("who", "role"), [("kim", ""), ("sam", ""), ("mia", "moderator")])
def test_the_demo_signs_its_people_in(browser, who, role):
    assert f"/demo/{who}?next=/" in browser.get("/").content.decode()
    assert browser.get(f"/demo/{who}").headers["Location"] == "/"
    page = browser.get("/t/some-thread").content.decode()
    assert f'data-user="{who}"' in page
    assert f'data-role="{role}"' in page


@override_settings(DEMO=True)
def test_the_demo_knows_nobody_else_and_leads_nowhere_else(browser):
    assert browser.get("/demo/eve").status_code == 404
    assert browser.get("/demo/kim?next=/t/abc").headers["Location"] == "/t/abc"
    for elsewhere in ("https://example.com/", "//example.com", "javascript:alert(1)"):
        assert browser.get("/demo/kim", {"next": elsewhere}).headers["Location"] == "/"


@override_settings(DEMO=True)
def test_signing_out_needs_the_token_and_ends_the_session(browser):
    browser.get("/demo/kim")
    assert browser.post("/sign-out").status_code == 403
    browser.get("/")
    token = browser.cookies["csrftoken"].value
    assert browser.post("/sign-out", {"csrfmiddlewaretoken": token}).status_code == 302
    assert "data-user" not in browser.get("/").content.decode()
    assert browser.get("/sign-out").status_code == 405


@override_settings(DEMO=True)
def test_every_page_leaves_with_a_strict_policy(browser):
    landing = browser.get("/")
    browser.get("/demo/kim")
    for response in (landing, browser.get("/")):
        policy = dict(part.split(" ", 1) for part in response.headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self'"
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert response.headers["Cache-Control"] == "no-store"


@override_settings(DEMO=True)
def test_the_push_worker_serves_the_whole_site_under_the_same_policy_and_is_asked_for_anew(browser):
    browser.get("/demo/kim")
    page = browser.get("/").content.decode()
    assert 'data-push-worker="/push-worker.js"' in page
    assert re.search(r'data-push-key="[\w-]{87}"', page)
    worker = browser.get("/push-worker.js")
    assert worker.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert worker.headers["Content-Security-Policy"] == browser.get("/").headers["Content-Security-Policy"]
    assert worker.headers["Cache-Control"] == "no-store"
    assert worker.content == WORKER.read_bytes()


@override_settings(DEMO=True)
def test_a_name_is_text(browser):
    browser.get("/demo/kim")
    session = browser.session
    session["name"] = '"><script>alert(1)</script>'
    session.save()
    browser.cookies["order_threads_session"] = session.session_key
    assert "<script>alert(1)" not in browser.get("/").content.decode()


@pytest.mark.parametrize("script", [*SCRIPTS, WORKER], ids=lambda path: path.name)
def test_no_script_turns_text_into_markup_or_code(script):
    code = re.sub(r"/\*.*?\*/", "", script.read_text(), flags=re.DOTALL)
    assert not re.search(r"(inner|outer)HTML|insertAdjacentHTML|document\.write|\beval\(|new Function", code)


@pytest.mark.parametrize("script", [*SCRIPTS, WORKER], ids=lambda path: path.name)
def test_no_script_names_another_host(script):
    assert set(re.findall(r"https?://[^\s\"'`]+", script.read_text())) <= {SVG_NAMESPACE}


@pytest.mark.parametrize("script", [*SCRIPTS, WORKER], ids=lambda path: path.name)
def test_every_script_opens_with_what_it_must_never_do_and_stays_short(script):
    text = script.read_text()
    assert text.startswith("/* ")
    assert "Must never" in text.split("*/", 1)[0] or "may only" in text.split("*/", 1)[0]
    assert text.count("\n") <= 200


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_inline_code(template):
    text = template.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style", text)


def test_every_script_belongs_to_a_page_and_is_announced_there(browser):
    assert {STATIC / name for name in (*modules.MODULES, *console.MODULES)} == set(SCRIPTS)
    with override_settings(DEMO=True):
        for who, path, first in (("kim", "/", "web/main.js"), ("mia", "/console", "web/console/main.js")):
            browser.get(f"/demo/{who}")
            page = browser.get(path).content.decode()
            announced = re.findall(r'rel="modulepreload" href="/static/([^"]+)"', page)
            assert set(announced) == set(modules.reached_from(first))
            assert f'src="/static/{first}"' in page


@override_settings(DEMO=True)
def test_the_console_is_for_staff_only_at_every_address_of_it(browser):
    for path in ("/console", "/console/queue", "/console/t/some-thread"):
        browser.get("/demo/mia")
        assert 'data-user="mia"' in browser.get(path).content.decode()
        browser.get("/demo/kim")
        assert browser.get(path).status_code == 404
        browser.get("/demo/kim")
        browser.cookies.clear()
        assert browser.get(path).headers["Location"] == f"/staff/sign-in?next={path}"
