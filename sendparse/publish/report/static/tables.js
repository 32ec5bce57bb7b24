"use strict";
// Searching, filtering and sorting of tables. Controls name their table with data-for; rows carry what can be chosen.
(() => {
  const controls = new Map();
  for (const control of document.querySelectorAll("[data-for]")) {
    const name = control.dataset.for;
    controls.set(name, [...(controls.get(name) || []), control]);
  }

  const matches = (wish, value) => {
    const limit = /^(<|>=|=)(\d+)$/.exec(wish);
    if (!limit) return value === wish;
    const number = Number(value);
    return limit[1] === "<" ? number < limit[2] : limit[1] === "=" ? number === Number(limit[2]) : number >= limit[2];
  };

  const texts = new WeakMap();
  const words = (row) => {
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
    return texts.get(row);
  };

  function refresh(name) {
    const table = document.getElementById(name);
    if (!table) return;
    const wishes = controls.get(name) || [];
    const asked = wishes.filter((one) => !one.dataset.key).flatMap((one) => one.value.toLowerCase().split(/\s+/)).filter(Boolean);
    const chosen = wishes.filter((one) => one.dataset.key && one.value);
    const rows = [...table.tBodies[0].rows];
    let seen = 0;
    for (const row of rows) {
      const fits = chosen.every((one) => matches(one.value, row.dataset[one.dataset.key] || "")) && asked.every((word) => words(row).includes(word));
      row.hidden = !fits;
      seen += fits ? 1 : 0;
    }
    const count = document.getElementById(name + "-count");
    if (count) count.textContent = seen === rows.length ? `${rows.length} in this table` : `${seen} of ${rows.length} shown`;
  }

  const number = (cell) => {
    const text = cell && (cell.dataset.n !== undefined ? cell.dataset.n : cell.textContent);
    if (!text || !text.trim()) return NaN;
    const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
    return day ? Number(day[1] + day[2] + day[3]) : Number(text.replace(/,/g, ""));
  };

  function sort(table, column, numeric, down) {
    const body = table.tBodies[0];
    const sign = down ? -1 : 1;
    const keyed = [...body.rows].map((row, at) => {
      const cell = row.cells[column];
      return { row, at, key: numeric ? number(cell) : (cell ? cell.textContent.trim() : "") };
    });
    const empty = (key) => (numeric ? Number.isNaN(key) : key === "");
    keyed.sort((a, b) => {
      if (empty(a.key) || empty(b.key)) return empty(a.key) - empty(b.key) || a.at - b.at;
      const order = numeric ? a.key - b.key : a.key.localeCompare(b.key, "en", { numeric: true });
      return sign * order || a.at - b.at;
    });
    body.append(...keyed.map((one) => one.row));
  }

  for (const table of document.querySelectorAll("table")) {
    for (const head of table.querySelectorAll("thead th[data-sort]")) {
      const button = document.createElement("button");
      button.type = "button";
      const printed = document.createElement("span"); // on paper, heads are repeated on each page; buttons are not
      printed.className = "printed";
      printed.textContent = head.textContent;
      button.append(...head.childNodes);
      head.append(button, printed);
      button.addEventListener("click", () => {
        const numeric = head.dataset.sort === "n";
        const now = head.getAttribute("aria-sort");
        const down = now ? now === "ascending" : numeric && head.classList.contains("n");
        for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sort(table, head.cellIndex, numeric, down);
      });
    }
  }

  // problems.html#code=not_a_figure: a link may come with a choice.
  const wished = new URLSearchParams(location.hash.slice(1));
  for (const [name, found] of controls) {
    for (const control of found) {
      const value = control.dataset.key && wished.get(control.dataset.key);
      if (value && [...control.options].some((one) => one.value === value)) control.value = value;
      control.addEventListener(control.tagName === "SELECT" ? "change" : "input", () => refresh(name));
    }
    refresh(name);
  }
})();
