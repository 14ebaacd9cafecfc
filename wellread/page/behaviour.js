// What a page that is not reloaded must do itself: follow links, lead the focus, announce, come back where one was.

const left = new Map(); // view -> where it was left: the position, what was unfolded, and the link that was followed
let shown = null;
let go = () => {};
let listening = false;

const folds = () => [...document.querySelectorAll(".stMain details")];
const links = () => [...document.querySelectorAll('a[href^="?"]')];
const scroller = () => document.querySelector('[data-testid="stMain"]');

export default function ({ data, parentElement, setTriggerValue }) {
  go = (href) => setTriggerValue("go", href);
  if (!listening) {
    listening = true;
    document.addEventListener("click", follow);
    window.addEventListener("popstate", () => leave(null));
    window.addEventListener("resize", name);
  }
  name();
  if (data.view !== shown) {
    const first = shown === null;
    shown = data.view;
    announce(parentElement.querySelector('[role="status"]'), data.announce);
    arrive(data, first);
  }
}

function follow(event) {
  const link = event.target.closest?.('a[href^="?"]');
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  leave(link);
  go("start" in link.dataset ? "start" : link.getAttribute("href"));
}

function leave(link) {
  if (shown === null) return;
  const open = folds().map((fold) => fold.open);
  left.set(shown, { top: scroller().scrollTop, open, at: links().indexOf(link), href: link?.getAttribute("href") });
}

function arrive(data, first) {
  const back = left.get(data.view);
  const named = first ? fragment() : "";
  const target = named || data.target;
  if (back) {
    left.delete(data.view);
    when(() => !target || document.getElementById(target), (element) => {
      folds().forEach((fold, at) => { fold.open = Boolean(back.open[at]); });
      const link = back.href ? links()[back.at] : null; // a view left by the browser's own buttons was left by none
      (link && link.getAttribute("href") === back.href ? link : element).focus?.({ preventScroll: true });
      scroller().scrollTop = back.top;
    });
  } else if (target && (!first || data.follow || named)) {
    when(() => document.getElementById(target), (element) => {
      element.focus({ preventScroll: true });
      if (element.tagName === "H1") scroller().scrollTop = 0;
      else element.scrollIntoView({ block: "start" });
    });
  } else if (!first) {
    scroller().scrollTop = 0;
  }
}

function fragment() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ""; // not an address that this page made
  }
}

// Elements are drawn one after the other: wait, a few seconds at most, for the one that is needed.
function when(find, then, until = performance.now() + 8000) {
  const found = find();
  if (found) then(found);
  else if (performance.now() < until) requestAnimationFrame(() => when(find, then, until));
}

function announce(place, text) {
  place.textContent = "";
  if (text) setTimeout(() => { place.textContent = text; }, 100);
}

// Streamlit gives its form no role of its own. The bar at the bottom must not cover what has the focus, and where it
// is too long for a small window, the keyboard must reach all of it.
function name() {
  const form = document.querySelector('[data-testid="stForm"]');
  if (form) {
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", "Search the articles");
  }
  const bar = document.querySelector(".wr-disclaimer");
  if (bar) {
    scroller().style.scrollPaddingBottom = `${bar.offsetHeight + 16}px`;
    bar.toggleAttribute("tabindex", bar.scrollHeight > bar.clientHeight);
    if (bar.hasAttribute("tabindex")) bar.tabIndex = 0;
  }
}
