/* The token that shows a request to be this page's own.
   Must never be sent to another host. */

export function csrfToken(page = document) {
  const cookie = page.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  return cookie ? cookie.slice("csrftoken=".length) : (page.querySelector('meta[name="csrf-token"]')?.content ?? "");
}
