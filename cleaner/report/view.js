"use strict";
(() => {
  const get = (id) => document.getElementById(id);
  const number = (count) => count.toLocaleString("en");

  // --- the help --------------------------------------------------------------------------------

  const help = get("keys");
  get("help").addEventListener("click", () => help.showModal());
  get("close").addEventListener("click", () => help.close());

  function plain(event) {
    return get("single").checked && !help.open && !event.ctrlKey && !event.metaKey && !event.altKey;
  }

  document.addEventListener("keydown", (event) => {
    if (!plain(event) || event.target.closest("input, select")) return;
    if (event.key === "t") get("theme").click();
    else if (event.key === "?") help.showModal();
  });

  // --- what there is ---------------------------------------------------------------------------

  const items = [...document.querySelectorAll("#list > li")].map((li, index) => ({
    li, index, category: li.dataset.c, rule: li.dataset.rule, marks: [], shown: true, words: null,
  }));
  const byId = new Map(items.map((item) => [item.li.id, item]));
  const marks = [...document.querySelectorAll("del")].map((element) => {
    const over = element.dataset.r.split(" ").map((id) => byId.get(id));
    for (const item of over) item.marks.push(element);
    return { element, over };
  });
  const over = new Map(marks.map((mark) => [mark.element, mark.over]));

  document.addEventListener("click", (event) => {
    const kept = event.target.closest(".k");
    if (!kept || !getSelection().isCollapsed) return;
    location.hash = kept.dataset.k;
  });

  // --- moving ----------------------------------------------------------------------------------

  let current = null;

  function leave() {
    if (!current) return;
    current.li.removeAttribute("aria-current");
    current.li.firstElementChild.open = false;
    for (const mark of current.marks) mark.classList.remove("now");
    current = null;
  }

  function select(item) {
    leave();
    current = item;
    const details = item.li.firstElementChild;
    item.li.setAttribute("aria-current", "true");
    details.open = true;
    for (const mark of item.marks) mark.classList.add("now");
    details.firstElementChild.focus({ preventScroll: true });
    // On narrow screens list and text share one column: the text, scrolled to last, has the last word.
    item.li.scrollIntoView({ block: "nearest" });
    item.marks[0]?.scrollIntoView({ block: "center" });
    tell();
  }

  function step(by) {
    const shown = items.filter((item) => item.shown);
    if (!shown.length) return;
    const from = current ? current.index : -1;
    if (by > 0) select(shown.find((item) => item.index > from) ?? shown[0]);
    else select(shown.findLast((item) => item.index < from) ?? shown[shown.length - 1]);
  }

  function tell() {
    const shown = items.filter((item) => item.shown);
    const count = number(shown.length);
    const [place, reason] = get("where").children;
    place.textContent = current ? `${number(shown.indexOf(current) + 1)} of ${count} · ${current.rule}` : `${count} to look at`;
    reason.textContent = current ? current.li.querySelector("dd").textContent : "";
  }

  // --- filters ---------------------------------------------------------------------------------

  const chosen = new Set();

  function wordsOf(item) {
    item.words ??= [item.li, ...item.marks].map((element) => element.textContent).join(" ").toLowerCase();
    return item.words;
  }

  function filter() {
    const rule = get("rule").value;
    const words = get("search").value.trim().toLowerCase();
    let count = 0;
    for (const item of items) {
      item.shown = (!chosen.size || chosen.has(item.category))
        && (!rule || item.rule === rule)
        && (!words || wordsOf(item).includes(words));
      item.li.hidden = !item.shown;
      count += item.shown;
    }
    for (const mark of marks) mark.element.classList.toggle("off", !mark.over.some((item) => item.shown));
    if (current && !current.shown) leave();
    const all = count === items.length;
    const total = `${number(items.length)} removal${items.length === 1 ? "" : "s"}`;
    get("status").textContent = all ? total : `${number(count)} of ${total}`;
    get("reset").hidden = !filtered();
    tell();
  }

  function filtered() {
    return chosen.size > 0 || get("rule").value !== "" || get("search").value !== "";
  }

  function reset() {
    chosen.clear();
    for (const button of document.querySelectorAll("#categories button")) button.setAttribute("aria-pressed", "false");
    get("rule").value = get("search").value = "";
    filter();
  }

  function choose(button) {
    const on = !chosen.delete(button.dataset.c);
    if (on) chosen.add(button.dataset.c);
    button.setAttribute("aria-pressed", String(on));
    filter();
  }

  if (!items.length) return; // the rest has nothing to work on
  get("rule").addEventListener("change", filter);
  get("search").addEventListener("input", filter);
  get("reset").addEventListener("click", () => {
    reset();
    get("search").focus();
  });
  get("next").addEventListener("click", () => step(1));
  get("previous").addEventListener("click", () => step(-1));
  get("categories").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) choose(button);
  });
  get("list").addEventListener("click", (event) => {
    const item = byId.get(event.target.closest("li")?.id);
    if (event.target.closest(".only")) {
      get("rule").value = item.rule;
      filter();
    } else if (event.target.closest("summary")) {
      event.preventDefault();
      if (item === current) leave();
      else select(item);
      tell();
    }
  });
  get("text").addEventListener("click", (event) => {
    const mark = event.target.closest("del");
    const item = mark && over.get(mark).find((each) => each.shown);
    if (item && getSelection().isCollapsed) select(item);
  });

  // --- keys ------------------------------------------------------------------------------------

  const does = {
    n: () => step(1),
    j: () => step(1),
    p: () => step(-1),
    k: () => step(-1),
    "/": () => get("search").focus(),
    Escape: () => {
      if (filtered()) reset();
      else leave();
      tell();
    },
  };
  document.addEventListener("keydown", (event) => {
    if (!plain(event)) return;
    const typing = event.target.closest("input, select");
    const action = typing && event.key !== "Escape" ? null : does[event.key];
    if (!action) return;
    event.preventDefault();
    if (typing) typing.blur();
    action();
  });
})();
