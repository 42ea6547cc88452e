"""What operators ask: is the process alive, may it get traffic, how is it doing (protocol.md §10).

Must never tell a stranger more than ready or not: the reason is in the log.
"""

import logging
from functools import cache

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from chat import installation
from chat.offload import in_database
from chat.refusals import Refused
from consumers import draining

logger = logging.getLogger(__name__)


async def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers: nothing else is asked, so that a lost database restarts nobody."""
    return JsonResponse({"status": "ok"})


async def readyz(request: HttpRequest) -> HttpResponse:
    """200 where the database answers in its present shape and this server is not leaving; else 503."""
    if draining.is_leaving():
        return JsonResponse({"status": "draining"}, status=503)
    try:
        await in_database(look)
    except Exception as fault:
        logger.warning("not ready: %s", fault)
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse({"status": "ready"})


def look() -> None:
    """Raises where this server should get no traffic."""
    if not migrated():
        migrated.cache_clear()
        raise Refused("unavailable", "Migrations are missing: manage.py migrate.")
    installation.epoch()


@cache
def migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text format, of this worker process."""
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)
