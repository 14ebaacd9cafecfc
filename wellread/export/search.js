// A plain word search over exported pages, from a server or from a disk. Its data are scripts (search.py), loaded when
// they are needed: a page that is opened from a disk may load nothing else.

"use strict";
(() => {
  const SHOWN = 20; // results at most: two screens of a phone
  const WAIT = 150; // milliseconds after a key, so that a word is not searched for letter by letter
  const SHORTEST = 4; // letters of a beginning that is searched for where no word is whole
  const PREFIX = 0.6; // what a word counts that only begins so, beside one that is whole
  const folder = document.currentScript.src.replace(/[^/]*$/, "");
  const form = document.getElementById("search");
  const box = form.querySelector("input");
  const status = form.querySelector("[role=status]");
  const list = form.querySelector("ol");
  const loaded = new Map();
  let asked = 0;

  window.wellreadSearch = (name, value) => loaded.get(name).done(value);

  function load(name) {
    if (!loaded.has(name)) {
      const entry = {};
      entry.promise = new Promise((done, failed) => {
        entry.done = done;
        const script = document.createElement("script");
        script.src = `${folder}${name}.js`;
        script.onerror = () => {
          loaded.delete(name);
          failed(new Error(name));
        };
        document.head.append(script);
      });
      loaded.set(name, entry);
    }
    return loaded.get(name).promise;
  }

  // As text/terms.py cuts words: without case and accents; where words have no spaces, letters and pairs of them.
  const MARK = "(?=[\\u0300-\\u1cff])\\p{M}";
  const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u3400-\\u9fff" +
    "\\uf900-\\ufaff\\u{20000}-\\u{3ffff}\\u1100-\\u11ff\\uac00-\\ud7a3";
  const TOKEN = new RegExp(`(?:[\\p{L}\\p{N}]|${MARK})+`, "gu");
  const RUN = new RegExp(`((?:(?!\\p{Nd})[${UNSPACED}]|${MARK})+)|(?:\\p{Nd}|[^${UNSPACED}])+`, "gu");
  const LETTER = new RegExp(`.(?:${MARK})*`, "gu");

  function wordsOf(text) {
    const plain = text.toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ").normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
    const runs = (plain.normalize("NFKC").match(TOKEN) ?? []).flatMap((token) => [...token.matchAll(RUN)]);
    return runs.flatMap(([run, unspaced]) => unspaced ? pieces(run.match(LETTER)) : [run]);
  }

  function pieces(letters) {
    return letters.flatMap((letter, place) => place + 1 < letters.length ? [letter, letter + letters[place + 1]] : [letter]);
  }

  // Code points, as Python orders words, and not the units of JavaScript's strings.
  function before(one, other) {
    const a = [...one], b = [...other];
    for (let place = 0; place < Math.min(a.length, b.length); place++)
      if (a[place] !== b[place]) return a[place].codePointAt(0) < b[place].codePointAt(0);
    return a.length < b.length;
  }

  // The shards that can have words with a beginning: from the last that starts before it, to the last that starts so.
  async function shards(beginning) {
    const { firstWords } = await load("about");
    const numbers = firstWords.map((first, number) => number).filter((number) => {
      const next = firstWords[number + 1];
      const starts = firstWords[number].startsWith(beginning) || !before(beginning, firstWords[number]);
      return starts && (next === undefined || next.startsWith(beginning) || before(beginning, next));
    });
    return Promise.all(numbers.map((number) => load(`words-${number}`)));
  }

  // Section -> score of one word: as a whole, and as a beginning where it is being typed or stands nowhere.
  async function scoresOf(word, typing) {
    const scores = new Map();
    const take = (found, weight) => {
      for (let place = 0; place < found.length; place += 2)
        scores.set(found[place], Math.max(scores.get(found[place]) ?? 0, found[place + 1] * weight));
    };
    for (const shard of await shards(word)) {
      if (Object.hasOwn(shard, word)) take(shard[word], 1);
      if (typing) for (const other in shard) if (other !== word && other.startsWith(word)) take(shard[other], PREFIX);
    }
    if (!scores.size && word.length > SHORTEST) return scoresOf(word.slice(0, -1), true);
    return scores;
  }

  async function search(question) {
    const number = ++asked;
    const words = [...new Set(wordsOf(question))];
    const typing = !/\s$/.test(question);
    const total = new Map();
    for (const [place, word] of words.entries()) {
      const scores = await scoresOf(word, typing && place === words.length - 1);
      for (const [section, score] of scores) {
        const had = total.get(section) ?? { words: 0, score: 0 };
        total.set(section, { words: had.words + 1, score: had.score + score });
      }
    }
    const best = [...total].sort((a, b) => b[1].words - a[1].words || b[1].score - a[1].score || a[0] - b[0]);
    const { sectionsAShard: size } = await load("about");
    const items = await Promise.all(best.slice(0, SHOWN).map(async ([section]) => {
      const shard = await load(`sections-${Math.floor(section / size)}`);
      return shard[section % size];
    }));
    if (number === asked) show(words.length > 0, items);
  }

  function show(searched, items) {
    list.replaceChildren(...items.map(([address, title, heading]) => {
      const item = document.createElement("li");
      const link = item.appendChild(document.createElement("a"));
      link.href = address;
      link.appendChild(document.createElement("bdi")).textContent = title;
      if (heading) {
        link.append(": ");
        link.appendChild(document.createElement("bdi")).textContent = heading;
      }
      return item;
    }));
    const count = items.length === 1 ? "1 section has these words." : `${items.length} sections have these words.`;
    const many = `The ${SHOWN} sections that have most of these words.`;
    const none = "No article has these words. Try others, or look through the list below.";
    status.textContent = !searched ? "" : !items.length ? none : items.length === SHOWN ? many : count;
  }

  function searchNow() {
    search(box.value).catch(() => {
      list.replaceChildren();
      status.textContent = "The search could not be loaded. Look through the list below.";
    });
  }

  let waiting = 0;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(searchNow, WAIT);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    searchNow();
  });
  form.hidden = false;
})();
