/* Brings the icons into the page once, so that none is missing when the network is.
   Must never parse anything but our own sprite. */

export async function loadIcons() {
  const reply = await fetch(new URL("../icons.svg", import.meta.url));
  const sprite = new DOMParser().parseFromString(await reply.text(), "image/svg+xml").documentElement;
  sprite.setAttribute("class", "sprite");
  sprite.setAttribute("aria-hidden", "true");
  document.body.prepend(document.adoptNode(sprite));
}
