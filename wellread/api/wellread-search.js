// <wellread-search>: the search of a Wellread server inside a page of another web site.
//
//   <script src="https://health.example.org/api/v1/widget.js" defer></script>
//   <wellread-search></wellread-search>
//
// The server draws the answer, with the parts of its own page in their order; this draws the box above it, in a shadow
// root, so that neither page changes the other's look. `articles` names the address of pages that `wellread export`
// wrote; without it, links lead to the server's own page. It speaks the language of the page around it (`lang`), or the
// library's own; widget.py calls this with the words of each.

((WORDS, USUAL) => {
  const api = new URL(".", document.currentScript.src);
  const page = new URL("../../", api);

  const STYLE = `
    :host { display: block; color-scheme: light dark; container-type: inline-size;
      --ink: light-dark(#17262e, #eef3f5); --soft: light-dark(#47575f, #b7c6ce); --line: light-dark(#b9c6cc, #43545d);
      --card: light-dark(#ffffff, #1a262c); --ground: light-dark(#f1f5f6, #10181c); --link: light-dark(#00567a, #7fd0ee);
      --mark: light-dark(#ffe58a, #6b5300); --mark-ink: light-dark(#17262e, #fff8e0); --on-button: light-dark(#ffffff, #10181c);
      --urgent: #b3140b; --on-urgent: #ffffff; --urgent-line: light-dark(#b3140b, #ff8a7d);
      --bar: light-dark(#fff6d6, #33290a); --bar-line: light-dark(#b98900, #d9a827);
      --focus: #ffc83d; --focus-ink: #17262e; }
    :host([hidden]) { display: none; }
    * { box-sizing: border-box; }
    .frame { padding: 1rem; background: var(--ground); color: var(--ink); font: 1.0625rem/1.5 system-ui, sans-serif;
      text-align: start; overflow-wrap: anywhere; border-radius: 6px; }
    h2, h3, h4 { margin: 0 0 .5rem; line-height: 1.25; font-weight: 700; }
    h2 { font-size: 1.375rem; } h3 { font-size: 1.1875rem; } h4 { font-size: 1.0625rem; }
    p, ul, ol, dl { margin: 0 0 .75rem; } ul, ol { padding-inline-start: 1.5rem; } li { margin: .25rem 0; }
    a { color: var(--link); text-underline-offset: .15em; }
    form { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0 0 1rem; }
    label { width: 100%; font-weight: 700; }
    input { flex: 1 1 14rem; min-width: 0; min-height: 48px; padding: 0 .75rem; font: inherit; color: var(--ink);
      background: var(--card); border: 2px solid var(--soft); border-radius: 4px; }
    button { min-height: 48px; padding: .5rem 1.5rem; font: inherit; font-weight: 700; color: var(--on-button);
      background: var(--link); border: 2px solid var(--link); border-radius: 4px; cursor: pointer; }
    :focus-visible { outline: 3px solid var(--focus-ink); outline-offset: 0; box-shadow: 0 0 0 6px var(--focus); }
    [tabindex="-1"]:focus { outline: none; box-shadow: none; }
    mark { background: var(--mark); color: var(--mark-ink); padding: .1em 0; } mark a, a mark { color: inherit; }
    .wr-hidden, .status { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
      clip-path: inset(50%); white-space: nowrap; }
    .wr-note, .wr-where, .wr-part, .wr-overdue, .wr-facts, .wr-why dd + dd { color: var(--soft); }
    .wr-where, .wr-part, .wr-overdue, .wr-facts, .wr-why dl { font-size: .9375rem; }
    .wr-where a, .wr-more { display: inline-block; padding-block: 10px; }
    .wr-card { padding: 1rem 1.25rem; margin-bottom: 1rem; background: var(--card); border: 1px solid var(--line);
      border-radius: 6px; }
    .wr-safety, .wr-urgent { margin-bottom: 1.5rem; border: 2px solid var(--urgent-line); border-radius: 6px; }
    .wr-safety { padding: 1rem 1.25rem; border-width: 4px; }
    .wr-safety p { margin: 0; font-size: 1.1875rem; font-weight: 700; }
    .wr-safety, .wr-urgent-head { background: var(--urgent); color: var(--on-urgent); print-color-adjust: exact; }
    .wr-urgent.wr-doctor { --urgent: #ffc83d; --on-urgent: #17262e; --urgent-line: var(--bar-line); }
    .wr-urgent { background: var(--card); } .wr-urgent-head { padding: .75rem 1.25rem .25rem; }
    .wr-urgent-head :is(p, a) { color: inherit; } .wr-urgent-body { padding: 1rem 1.25rem .5rem; }
    .wr-advice, .wr-heading { display: block; }
    .wr-language { padding: .75rem 1.25rem; background: var(--card); border-inline-start: 4px solid var(--link);
      font-weight: 700; }
    .wr-facts dt, .wr-facts dd { display: inline; margin: 0; } .wr-facts dt::after { content: ": "; }
    .wr-facts div { display: inline; margin-inline-end: 1.25em; }
    .wr-marked { list-style-type: none; }
    details { border-top: 1px solid var(--line); }
    summary { min-height: 44px; padding-block: 10px; color: var(--link); cursor: pointer; }
    :has(> .wr-all[open]) > .wr-excerpt { display: none; } .wr-gap { color: var(--soft); }
    .wr-own { padding-inline-start: .75rem; border-inline-start: 4px solid var(--bar-line); }
    .wr-message { padding: 1rem 1.25rem; margin-bottom: 1rem; background: var(--card); border: 1px solid var(--line);
      border-radius: 6px; }
    .wr-other { margin-bottom: 1rem; padding-inline-start: 1rem; border-inline-start: 4px solid var(--line); }
    .wr-helped button { width: auto; margin-block: 0 .5rem; margin-inline: 0 .25rem; color: var(--link); background: var(--card); }
    .wr-why dd { margin: 0; } .wr-why dt, .wr-why dt + dd { font-weight: 700; }
    .wr-table { overflow-x: auto; margin-bottom: .75rem; } table { border-collapse: collapse; overflow-wrap: normal; }
    th, td { padding: .4rem .75rem; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
    .wr-disclaimer { position: sticky; bottom: 0; max-height: 40vh; overflow-y: auto; padding: .625rem 1rem;
      color: var(--ink); background: var(--bar); border: 2px solid var(--bar-line); border-radius: 6px; font-size: 1rem; }
    .wr-disclaimer span + span { display: block; margin-top: .25rem; }
    @container (max-width: 30rem) { button { width: 100%; } }
    @media (forced-colors: active) { .wr-safety, .wr-urgent, .wr-urgent.wr-doctor { --urgent: Canvas;
      --on-urgent: CanvasText; --urgent-line: CanvasText; } }`;

  const FORM = `
    <div class="frame">
      <form role="search">
        <label for="question"></label>
        <input id="question" name="question" type="search" dir="auto" autocomplete="off" maxlength="1000"
          enterkeyhint="search">
        <button type="submit"></button>
      </form>
      <div class="status" role="status" aria-live="polite"></div>
      <div class="answer"></div>
    </div>`;

  class WellreadSearch extends HTMLElement {
    static observedAttributes = ["lang"];
    #words = WORDS.en;
    #asked = 0; // an answer that comes after a later question was asked is not shown

    connectedCallback() {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet(); // where a site's Content-Security-Policy forbids a <style>, this is allowed
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      root.innerHTML = FORM;
      this.#speak();
      root.querySelector("form").addEventListener("submit", (event) => {
        event.preventDefault();
        this.ask(root.querySelector("input").value.trim());
      });
    }

    attributeChangedCallback() {
      this.#speak();
    }

    #speak() {
      const root = this.shadowRoot;
      if (!root) return;
      this.#words = WORDS[this.#language()];
      const frame = root.querySelector(".frame");
      frame.lang = this.#language();
      frame.dir = this.#words.direction;
      root.querySelector("form").setAttribute("aria-label", this.#words.region);
      root.querySelector("label").textContent = this.#words.label;
      root.querySelector("button").textContent = this.#words.button;
    }

    #language() {
      const around = Object.keys(WORDS).find((code) => this.matches(`:lang(${code})`));
      const wanted = USUAL === "browser" ? navigator.languages : [USUAL];
      const known = wanted.map((code) => code.toLowerCase().split("-")[0]).find((code) => Object.hasOwn(WORDS, code));
      return around ?? known ?? "en";
    }

    async ask(question) {
      const turn = ++this.#asked;
      this.#speak(); // the page around may have changed its language
      if (!question) return this.#say(this.#words.empty);
      this.#announce(this.#words.searching);
      try {
        const response = await this.#post("ask", { question });
        const html = response.ok ? await response.text() : "";
        if (turn !== this.#asked) return;
        if (html) this.#show(html, question);
        else this.#say(this.#words.trouble);
      } catch {
        if (turn === this.#asked) this.#say(this.#words.trouble);
      }
    }

    #post(path, body) {
      return fetch(new URL(path, api), {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          Accept: "text/html",
          "Accept-Language": this.#language(),
        },
        body: JSON.stringify(body),
        credentials: "omit",
        referrerPolicy: "no-referrer",
      });
    }

    #show(html, question) {
      const place = this.shadowRoot.querySelector(".answer");
      place.innerHTML = html;
      const said = place.querySelector(".wr-announcement");
      this.#announce(said.textContent);
      said.remove();
      for (const button of place.querySelectorAll("button[data-helped]")) {
        button.addEventListener("click", () => this.#helped(button, question));
      }
      for (const link of place.querySelectorAll('a[href^="?"]')) link.href = this.#address(link.getAttribute("href"));
      place.querySelector("#wr-answer")?.focus({ preventScroll: true });
      place.querySelector("#wr-answer")?.scrollIntoView({ block: "nearest" });
    }

    #helped(button, question) {
      button.parentElement.querySelector("p").textContent = button.dataset.said;
      this.#announce(button.dataset.said);
      // Whether it is heard changes nothing for who reads.
      this.#post("helped", { question, helped: button.dataset.helped === "yes" }).catch(() => {});
    }

    #address(href) {
      const named = new URLSearchParams(href);
      const exported = this.getAttribute("articles");
      if (!exported || !named.has("article")) return new URL(href, page).href;
      const path = named.get("article").split("/").map(encodeURIComponent).join("/");
      const section = named.get("section");
      const folder = new URL(exported.endsWith("/") ? exported : `${exported}/`, document.baseURI);
      return new URL(`articles/${path}.html${section ? `#${encodeURIComponent(section)}` : ""}`, folder).href;
    }

    #say(words) {
      const message = document.createElement("p");
      message.textContent = words;
      // What was shown with a disclaimer goes as a whole: no passage stands here without its own.
      this.shadowRoot.querySelector(".answer").replaceChildren(message);
      this.#announce(words);
    }

    #announce(words) {
      this.shadowRoot.querySelector(".status").textContent = words;
    }
  }

  if (!customElements.get("wellread-search")) customElements.define("wellread-search", WellreadSearch);
})
