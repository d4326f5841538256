"use strict";
(() => {
  const number = (count) => count.toLocaleString("en");

  // --- sorting ---------------------------------------------------------------------------------

  const order = new Intl.Collator("en", { numeric: true });

  function valueOf(row, column) {
    const cell = row.cells[column];
    return cell.dataset.v === undefined ? cell.textContent.trim() : Number(cell.dataset.v);
  }

  function compare(a, b) {
    return typeof a === "number" ? a - b : order.compare(a, b);
  }

  function sort(table, head) {
    const column = head.cellIndex;
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const first = typeof valueOf(rows[0], column) === "number" ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const way = head.ariaSort === first ? other : first;
    const sign = way === "ascending" ? 1 : -1;
    for (const each of head.parentElement.cells) if (each.ariaSort) each.ariaSort = "none";
    head.ariaSort = way;
    body.append(...rows.sort((a, b) => sign * compare(valueOf(a, column), valueOf(b, column))));
  }

  for (const head of document.querySelectorAll("th[aria-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(head.closest("table"), head));
  }

  // --- long tables -----------------------------------------------------------------------------

  for (const button of document.querySelectorAll(".more button")) {
    const table = document.getElementById(button.getAttribute("aria-controls"));
    const all = button.textContent;
    button.addEventListener("click", () => {
      const whole = table.classList.toggle("whole");
      button.ariaExpanded = String(whole);
      button.textContent = whole ? "Show the first only" : all;
    });
  }

  // --- search ----------------------------------------------------------------------------------

  const search = document.getElementById("search");
  if (!search) return;
  const table = document.getElementById("rules-table");
  const groups = [...document.querySelectorAll("section[aria-labelledby=never] details")];
  const read = (element, words) => ({ element, words: words.toLowerCase() });
  const fired = [...table.tBodies[0].rows].map((row) => read(row, row.textContent));
  const never = groups.map((group) => {
    const category = group.querySelector(".c").textContent;
    return { group, items: [...group.querySelectorAll("li")].map((li) => read(li, `${li.textContent} ${category}`)) };
  });

  function filter(items, words) {
    let found = 0;
    for (const { element, words: of } of items) {
      const fits = of.includes(words);
      element.hidden = !fits;
      found += fits;
    }
    return found;
  }

  function find() {
    const words = search.value.trim().toLowerCase();
    const hits = filter(fired, words);
    let idle = 0;
    for (const { group, items } of never) {
      const found = filter(items, words);
      group.hidden = !found;
      group.open = words !== "" && found > 0;
      idle += found;
    }
    table.classList.toggle("found", words !== "");
    document.getElementById("status").textContent = words ? `${number(hits)} fired, ${number(idle)} never did` : "";
  }

  search.addEventListener("input", find);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !search.value) return;
    event.preventDefault();
    search.value = "";
    find();
  });
})();
