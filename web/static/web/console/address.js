/* What the console's address says: which view, and of what. Pure.
   Must never name a view that there is none of: what is not understood is the queue. */

const BASE = "/console";
const VIEWS = new Set(["queue", "feed", "people", "appeals", "policies", "audit", "t"]);
export const TABS = ["talk", "case", "replay"];

export function read(pathname) {
  const [view = "queue", id = null, tab = TABS[0]] = pathname
    .slice(BASE.length)
    .split("/")
    .filter(Boolean)
    .map(decodeURIComponent);
  if (!VIEWS.has(view) || (view === "t" && !id)) return { view: "queue", id: null, tab: TABS[0] };
  return { view, id, tab: TABS.includes(tab) ? tab : TABS[0] };
}

export function pathOf({ view, id = null, tab = TABS[0] }) {
  const parts = [view, id, view === "t" && tab !== TABS[0] ? tab : null];
  return [BASE, ...parts.filter(Boolean).map(encodeURIComponent)].join("/");
}
