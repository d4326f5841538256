"use strict";
(() => {
  const get = (id) => document.getElementById(id);
  const number = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
  const PARTS = { took: "taken by", saved: "saved from", failed: "no match for", keyword: "keyword of" };
  const TOKEN = "cleaner-token";

  function element(tag, settings, ...inside) {
    const made = Object.assign(document.createElement(tag), settings);
    made.append(...inside);
    return made;
  }

  // --- asking ----------------------------------------------------------------------------------

  class Refused extends Error {}

  async function ask(path, query, body) {
    const headers = { "Content-Type": "application/json" };
    if (get("token").value) headers.Authorization = `Bearer ${get("token").value}`;
    let answer;
    try {
      answer = await fetch(`${path}?${new URLSearchParams(query)}`, { method: "POST", headers, body: JSON.stringify(body) });
    } catch {
      throw new Refused("The service does not answer. Is it still running?");
    }
    if (answer.status === 401) {
      get("guard").hidden = false;
      get("token").focus();
    }
    let data;
    try {
      data = await answer.json();
    } catch {
      throw new Refused(`The service answered with code ${answer.status}.`);
    }
    if (!answer.ok) throw new Refused(data.error);
    if (get("token").value) sessionStorage.setItem(TOKEN, get("token").value);
    return data;
  }

  function complain(error) {
    if (!(error instanceof Refused)) throw error;
    get("problem").textContent = error.message;
    get("problem").hidden = false;
    get("problem").scrollIntoView({ block: "nearest" });
  }

  // Does something with the buttons at rest, and says what went wrong.
  async function busy(what, work) {
    const buttons = [...document.querySelectorAll("#clean, #decide button, #save")];
    for (const button of buttons) button.disabled = true;
    get("problem").hidden = true;
    get("status").textContent = what;
    try {
      await work();
    } catch (error) {
      complain(error);
    } finally {
      for (const button of buttons) button.disabled = false;
      if (get("status").textContent === what) get("status").textContent = "";
    }
  }

  // --- what came of it -------------------------------------------------------------------------

  let clipping = null; // what was sent
  let query = {};
  let lines = []; // what was said of it
  let chosen = [0, 0]; // numbers of lines, from 1; 0: none

  async function clean() {
    clipping = { text: get("source").value };
    if (get("url").value.trim()) clipping.url = get("url").value.trim();
    query = { level: get("level").value, format: get("format").value };
    await look();
    get("columns").scrollIntoView({ block: "start" });
  }

  async function look() {
    const [story, cleaned] = await Promise.all([ask("explain", query, clipping), ask("clean", query, clipping)]);
    lines = story.lines;
    get("text").replaceChildren(...drawn());
    get("result").textContent = cleaned.text;
    get("warnings").replaceChildren(...story.warnings.map((text) => element("li", { textContent: text })));
    get("warnings").hidden = !story.warnings.length;
    get("columns").hidden = false;
    const { counts, input } = cleaned.report;
    get("status").textContent = counts.characters
      ? `${counts.characters.toLocaleString("en")} of ${number(input.characters, "character")} go.`
      : "Nothing goes.";
    choose(0, 0);
  }

  function* drawn() {
    let before = null;
    for (const line of lines) {
      const row = element("div", { className: "l", tabIndex: 0, role: "button" });
      row.dataset.n = line.number;
      row.setAttribute("aria-pressed", "false");
      const took = line.traces.find((trace) => trace.part === "took");
      if (line.fate === "went" && took) row.classList.add("gone");
      if (line.fate === "partly") row.classList.add("part");
      row.append(...parts(line, took?.category ?? "", took?.category !== before));
      before = line.fate === "went" && took ? took.category : null;
      yield row;
    }
  }

  // The parts of a line: offsets count code points.
  function* parts(line, category, labelled) {
    const letters = Array.from(line.text);
    let done = 0;
    for (const [start, end] of line.gone) {
      yield letters.slice(done, start).join("");
      const gone = element("del", { textContent: letters.slice(start, end).join("") });
      gone.dataset.c = category;
      gone.classList.toggle("h", labelled && category !== "");
      yield gone;
      done = end;
      labelled = false;
    }
    yield letters.slice(done).join("");
  }

  // --- a line ----------------------------------------------------------------------------------

  function choose(first, last) {
    chosen = first > last ? [last, first] : [first, last];
    [first, last] = chosen;
    for (const row of get("text").querySelectorAll("[aria-pressed=true]")) row.setAttribute("aria-pressed", "false");
    for (let n = first; n <= last && n > 0; n++) get("text").children[n - 1].setAttribute("aria-pressed", "true");
    get("chosen").textContent = first === 0 ? "No line is chosen" : first === last
      ? `Line ${first} ${{ went: "goes", partly: "goes in part", stayed: "stays", blank: "is blank" }[lines[first - 1].fate]}`
      : `Lines ${first} to ${last}`;
    get("why").replaceChildren(...lines.slice(first ? first - 1 : 0, last).flatMap((line) => line.traces.map(told)));
    get("decide").hidden = first === 0;
    get("rule").hidden = true;
    get("said").textContent = "";
  }

  function told(trace) {
    const label = element("span", { className: "c", textContent: trace.category });
    label.dataset.c = trace.category;
    const head = element("p", {}, element("span", {}, `${PARTS[trace.part]} `, element("code", { textContent: trace.rule })));
    if (trace.category) head.append(label);
    const why = element("p", { textContent: trace.why });
    const saw = element("p", { className: "snippet", textContent: trace.saw.trim() });
    const where = element("p", {}, element("small", { textContent: `${trace.confidence} · ${trace.where || "a rule of the engine"}` }));
    const evidence = trace.evidence.map((one) => element("p", {}, element("small", {}, element("code", { textContent: one.rule }), ` ${one.why}`)));
    return element("article", {}, head, why, saw, ...evidence, where);
  }

  get("text").addEventListener("click", (event) => {
    const row = event.target.closest(".l");
    if (!row || !getSelection().isCollapsed && !event.shiftKey) return;
    getSelection().removeAllRanges();
    const n = Number(row.dataset.n);
    choose(event.shiftKey && chosen[0] ? chosen[0] : n, n);
  });
  get("text").addEventListener("keydown", (event) => {
    if (!event.target.matches(".l")) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      const n = Number(event.target.dataset.n);
      choose(event.shiftKey && chosen[0] ? chosen[0] : n, n);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      (event.key === "ArrowDown" ? event.target.nextElementSibling : event.target.previousElementSibling)?.focus();
    }
  });

  // --- a rule ----------------------------------------------------------------------------------

  let wish = null;

  async function draft(action) {
    wish = { ...clipping, first: chosen[0], last: chosen[1], action };
    const rule = await ask("rules", query, wish);
    get("yaml").textContent = rule.yaml;
    get("does").textContent = rule.does;
    get("where").textContent = `to ${rule.path}`;
    get("rule").hidden = false;
    get("rule").querySelector("h3").focus({ preventScroll: true });
    get("panel").scrollTop = get("rule").offsetTop;
  }

  async function save() {
    const { path } = await ask("rules", { ...query, save: true }, wish);
    await look();
    get("said").textContent = `Written to ${path}. It holds from now on.`;
  }

  get("remove").addEventListener("click", () => busy("A rule is made …", () => draft("remove")));
  get("keep").addEventListener("click", () => busy("A rule is made …", () => draft("keep")));
  get("save").addEventListener("click", () => busy("The rule is written …", save));

  // --- the rest --------------------------------------------------------------------------------

  get("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    busy("Cleaning …", clean);
  });
  get("source").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) get("ask").requestSubmit();
  });

  function show(text) {
    get("text").hidden = get("hint").hidden = text;
    get("result").hidden = !text;
    get("show-text").setAttribute("aria-pressed", String(text));
    get("show-lines").setAttribute("aria-pressed", String(!text));
  }

  get("show-text").addEventListener("click", () => show(true));
  get("show-lines").addEventListener("click", () => show(false));
  get("copy").addEventListener("click", async () => {
    show(true);
    getSelection().selectAllChildren(get("result"));
    try {
      await navigator.clipboard.writeText(get("result").textContent);
      get("status").textContent = "Copied.";
    } catch {
      get("status").textContent = "It is selected; copy it with Ctrl-C.";
    }
    get("copy").textContent = get("status").textContent;
    setTimeout(() => { get("copy").textContent = "Copy the clean text"; }, 2000);
  });

  get("token").value = sessionStorage.getItem(TOKEN) ?? "";
})();
