// What a page that is not reloaded must do itself: follow and copy links, lead the focus, announce, come back where one
// was, tell which section is read, keep the question in the tab's history, and say that a search takes its time or that
// there is no connection.

const left = new Map(); // view -> where it was left: the position, what was unfolded, and the link that was followed
const SLOW = 8000; // milliseconds after which people wonder whether anything still happens
let shown = null;
let said = ""; // what was said last to a press of a button
let asked = null; // what is being answered, as the history keeps it; null on a view without a question
let wanted = null; // the question that the history has where somebody stepped to, until it is answered again
let requested = null; // and the one that was asked for again
let lastQuestion = "";
let words = {};
let status = null;
let send = () => {};
let listening = false;
let slow = 0;

const folds = () => [...document.querySelectorAll(".stMain details")];
const links = () => [...document.querySelectorAll('a[href^="?"]')];
const scroller = () => document.querySelector('[data-testid="stMain"]');
const box = () => document.querySelector('[data-testid="stForm"] textarea');
const kept = () => history.state?.wellread ?? null;

export default function ({ data: { told }, parentElement, setTriggerValue }) {
  const data = JSON.parse(told);
  send = setTriggerValue;
  words = data.words;
  status = parentElement.querySelector('[role="status"]');
  if (!listening) {
    listening = true;
    document.addEventListener("click", follow);
    document.addEventListener("keydown", type, true);
    document.addEventListener("submit", searching, true);
    window.addEventListener("popstate", stepped);
    window.addEventListener("beforeprint", printed);
    window.addEventListener("offline", connection);
    window.addEventListener("online", connection);
    new MutationObserver(connection).observe(document.querySelector(".stApp"), {
      attributeFilter: ["data-test-connection-state"],
    });
    scroller().addEventListener("scroll", () => requestAnimationFrame(place), { passive: true });
    new ResizeObserver(name).observe(document.querySelector(".st-key-wr-foot")); // also when text is spaced out
    new MutationObserver(name).observe(scroller(), { childList: true, subtree: true });
  }
  // Whoever pressed Enter before this was loaded has begun a new line, and waits.
  if (shown === null && document.activeElement === box() && box()?.value.endsWith("\n")) submit();
  document.documentElement.lang = words.language;
  document.documentElement.dir = words.direction;
  document.querySelector("#wr-first")?.remove();
  name();
  keep(data);
  if (data.view !== shown) {
    const first = shown === null;
    shown = data.view;
    document.querySelectorAll(".wr-copy :is(p, label)").forEach((said) => said.remove()); // of the view before
    found();
    announce(data.announce);
    arrive(data, first);
    place();
  }
}

// The history of the tab keeps each question, so that a reload and a step back find it; the address has none.
function keep(data) {
  const first = shown === null;
  asked = data.asked;
  if (!asked) return;
  lastQuestion = asked.question ?? "";
  if (first && kept()?.number && !asked.number) wanted = kept();
  if (wanted !== null && asked.number !== wanted.number) {
    restore(); // whatever was drawn meanwhile
    return;
  }
  wanted = requested = null;
  if (data.aside) { // an article beside the answer has the question, so that its link leads back after a reload, too
    if (asked.number) history.replaceState({ ...history.state, wellread: asked }, "");
  } else if (kept() === null || first) history.replaceState({ ...history.state, wellread: asked }, "");
  else if (kept().number !== asked.number) history.pushState({ wellread: asked }, "");
}

function stepped() {
  leave(null);
  wanted = kept();
  if (wanted && asked && wanted.number !== asked.number) restore();
}

function restore() {
  if (requested === wanted) return;
  requested = wanted;
  send("restore", wanted);
}

function follow(event) {
  const target = event.target.closest?.("a, button");
  if (!target || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (target.closest('[data-testid="stFormSubmitButton"], .st-key-wr-examples')) searching();
  if ("ask" in target.dataset) {
    event.preventDefault();
    scroller().scrollTop = 0;
    box()?.focus();
    box()?.select();
  } else if ("copy" in target.dataset) {
    copy(target);
  } else if ("contents" in target.dataset) {
    event.preventDefault();
    const entry = document.querySelector(".wr-contents [aria-current]");
    entry.focus({ preventScroll: true });
    entry.scrollIntoView({ block: "center" });
  } else if ("again" in target.dataset) {
    event.preventDefault();
    searching();
    send("again", target.dataset.again);
  } else if ("only" in target.dataset) {
    searching();
    send("only", target.dataset.only);
  } else if (target.matches('a[href^="?"]')) {
    event.preventDefault();
    leave(target);
    send("go", "start" in target.dataset ? "start" : target.getAttribute("href"));
  }
}

// Enter sends, as in every search box; Shift and Enter begin a new line. While letters are being composed, Enter ends that.
function type(event) {
  if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (event.target !== box()) return;
  event.preventDefault();
  event.stopPropagation();
  submit();
}

function submit() {
  document.querySelector('[data-testid="stFormSubmitButton"] button')?.click();
}

// On paper an article has the question that led to it, and every page its address.
function printed() {
  const foot = document.querySelector(".st-key-wr-body");
  const line = foot.querySelector(".wr-printed") ?? foot.appendChild(document.createElement("p"));
  line.className = "wr-printed";
  line.dir = "auto";
  const question = document.querySelector(".wr-asked") ? "" : lastQuestion;
  line.textContent = [question, location.href].filter(Boolean).join(" – ");
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
      else (element.closest(".wr-answer") ?? element).scrollIntoView({ block: "start" });
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
  const there = find();
  if (there) then(there);
  else if (performance.now() < until) requestAnimationFrame(() => when(find, then, until));
}

function announce(text) {
  const place = status;
  place.textContent = "";
  if (text) setTimeout(() => { place.textContent = text; }, 100);
}

// Copies the address of an answer, with its question, or of a section; where that cannot be done, shows it for copying.
async function copy(button) {
  const address = new URL(location.href);
  address.hash = "";
  address.search = button.dataset.copy === "answer" ? new URLSearchParams({ q: lastQuestion }) : button.dataset.copy;
  const around = button.parentElement;
  around.querySelectorAll("p, label").forEach((before) => before.remove());
  let said = words.copied;
  try {
    await navigator.clipboard.writeText(address.href);
  } catch {
    said = words.byHand;
    const label = around.appendChild(document.createElement("label"));
    label.textContent = button.dataset.label;
    const field = label.appendChild(document.createElement("input"));
    field.readOnly = true;
    field.value = address.href;
    field.focus();
    field.select();
  }
  around.appendChild(document.createElement("p")).textContent = said;
  announce(said);
}

// Below the contents, a line keeps in sight which section is read, and leads back to its entry in them, which stays marked.
function place() {
  const contents = document.querySelector(".wr-contents");
  const line = document.querySelector(".wr-place");
  if (!contents || !line) return;
  const top = (entry) => document.getElementById(entry.getAttribute("href").slice(1))?.getBoundingClientRect().top;
  const entries = [...contents.querySelectorAll("a")];
  const read = entries.filter((entry) => top(entry) < innerHeight / 3).at(-1);
  line.hidden = !read || contents.getBoundingClientRect().bottom > 0;
  if (line.hidden || read.hasAttribute("aria-current")) return;
  entries.forEach((entry) => entry.removeAttribute("aria-current"));
  read.setAttribute("aria-current", "true");
  line.querySelector("bdi").textContent = read.textContent;
}

// From the press of a key to the first words of the answer, what stands there is old, and is seen and heard to be.
function searching() {
  wanted = null;
  const old = document.querySelector(".wr-answer");
  if (old) scroller().dataset.searching = "";
  hint(old ? words.old : words.searching, "searching");
  clearTimeout(slow);
  slow = setTimeout(() => hint(words.slow, "searching"), SLOW);
}

function found() {
  clearTimeout(slow);
  delete scroller().dataset.searching;
  hint("", "searching");
}

// Streamlit tells its state in an attribute; the browser itself tells whether there is any network.
function connection() {
  const state = document.querySelector(".stApp")?.dataset.testConnectionState ?? "CONNECTED";
  const lost = state !== "CONNECTED" || !navigator.onLine;
  const before = document.querySelector(".wr-hint[data-about=connection]");
  if (lost) hint(navigator.onLine ? words.reconnecting : words.offline, "connection");
  else if (before?.textContent) {
    hint("", "connection");
    announce(words.connected);
  }
}

// A line above the disclaimer that stays until there is nothing to say any more.
function hint(text, about) {
  const foot = document.querySelector(".st-key-wr-foot");
  let line = foot?.querySelector(`.wr-hint[data-about=${about}]`);
  if (!foot || (!line && !text) || line?.textContent === text) return;
  if (!line) {
    line = document.createElement("p");
    line.className = "wr-hint";
    line.dataset.about = about;
    line.setAttribute("role", "status");
    foot.prepend(line);
  }
  line.textContent = text;
  line.hidden = !text;
  name();
}

// Streamlit gives its form no role of its own, and its box no direction. The bar at the bottom must not cover what has
// the focus. What was said to a press of a button is announced.
function name() {
  const answer = document.querySelector("[data-announce]")?.textContent ?? "";
  if (answer && answer !== said) announce(answer);
  said = answer;
  const form = document.querySelector('[data-testid="stForm"]');
  if (form && form.getAttribute("aria-label") !== words.search) {
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", words.search);
  }
  document.querySelector('[data-testid="stFileUploaderDropzone"]')?.setAttribute("role", "group"); // it can be focused
  const text = box();
  if (text && text.dir !== "auto") {
    text.dir = "auto";
    text.enterKeyHint = "search";
  }
  const foot = document.querySelector(".st-key-wr-foot");
  if (foot) scroller().style.scrollPaddingBottom = `${foot.offsetHeight + 16}px`;
}
