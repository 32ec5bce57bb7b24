"use strict";
// A figure's place on its page beside what was read. Opened by a link to #f-ID, closed by Escape; nothing is fetched but
// pictures that lie beside the page.
(() => {
  const dialog = document.getElementById("evidence");
  const holder = document.getElementById("page-data");
  if (!dialog || !holder) return;
  const data = JSON.parse(holder.textContent);
  const title = document.getElementById("evidence-title");
  const shown = dialog.querySelector(".shown");
  const read = dialog.querySelector(".read");
  const SVG = "http://www.w3.org/2000/svg";
  let current = null;

  const make = (name, content, attributes = {}) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (content !== undefined && content !== null) element.append(content);
    return element;
  };
  const draw = (name, attributes, parent) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (parent) parent.append(element);
    return element;
  };

  // The part of a band around a box: the whole width, so that row labels are seen, and some lines above and below.
  function picture(place, printed) {
    const [file, x0, top, x1, bottom, page] = data.pictures[place[0]];
    const box = place.length > 1 ? place.slice(1) : null;
    const near = box ? { top: Math.max(top, box[1] - 90), bottom: Math.min(bottom, box[3] + 60) } : { top, bottom };
    const svg = draw("svg", { role: "img", "aria-label": `Page ${page}${box ? `, with ${printed} marked` : ""}` });
    draw("image", { href: `${data.root}pictures/${file}`, x: x0, y: top, width: x1 - x0, height: bottom - top, preserveAspectRatio: "none" }, svg);
    if (box) draw("rect", { x: box[0] - 2, y: box[1] - 2, width: box[2] - box[0] + 4, height: box[3] - box[1] + 4, rx: 2 }, svg);
    const margin = (x1 - x0) * 0.07;
    let left = box ? Math.min(x0 + margin, Math.max(x0, box[0] - 8)) : x0;
    let right = box ? Math.max(x1 - margin, Math.min(x1, box[2] + 8)) : x1;
    if (box && window.innerWidth < 740) { // a phone shows what stands around the figure, large enough to read
      const wide = Math.max(330, box[2] - box[0] + 20);
      left = Math.max(left, Math.min((box[0] + box[2] - wide) / 2, right - wide));
      right = Math.min(right, left + wide);
    }
    const look = (all) => {
      const from = all ? { left: x0, right: x1, top, bottom } : { left, right, ...near };
      svg.setAttribute("viewBox", `${from.left} ${from.top} ${from.right - from.left} ${from.bottom - from.top}`);
      svg.setAttribute("class", all ? "whole" : "");
    };
    look(false);
    const frame = make("div", svg, { class: "frame", tabindex: "0", role: "group", "aria-label": "Picture of the page" });
    const caption = make("figcaption", `Page ${page}`);
    if (box && (near.top > top + 1 || near.bottom < bottom - 1)) {
      const more = make("button", "Show more of the page", { type: "button", "aria-pressed": "false" });
      more.addEventListener("click", () => {
        const all = more.getAttribute("aria-pressed") !== "true";
        more.setAttribute("aria-pressed", String(all));
        look(all);
      });
      caption.append(more);
    }
    const figure = make("figure");
    figure.append(frame, caption);
    return figure;
  }

  function words(place, printed, evidence) {
    const quote = make("blockquote");
    if (place) {
      quote.append(place[0], make("mark", printed), place[1]);
      return quote;
    }
    const at = evidence.indexOf(printed);
    if (at < 0) quote.append(evidence);
    else quote.append(evidence.slice(0, at), make("mark", printed), evidence.slice(at + printed.length));
    return quote;
  }

  function line(list, name, content) {
    if (content === "" || content === null || content === undefined) return;
    list.append(make("dt", name), make("dd", content));
  }

  function checks(identity) {
    return (data.checks[identity] || []).map(([kind, verdict, explanation, evidence]) => {
      const said = make("div", null, { class: "said" });
      const [label, sign] = data.verdicts[verdict];
      said.append(make("p", make("b", `${sign} ${label}`, { class: `v ${verdict}` })), make("p", explanation));
      if (evidence.length) {
        const list = make("p", "Compared with: ");
        evidence.slice(0, 20).forEach(([address, text], at) => {
          if (at) list.append("; ");
          list.append(make("a", text, { href: address }));
        });
        said.append(list);
      }
      said.append(make("p", make("small", `Kind of check: ${kind}`)));
      return said;
    });
  }

  const figure = (row) => {
    const identity = row.id.slice(2);
    const cells = [...row.cells];
    const heads = [...row.closest("table").tHead.rows[0].cells].map((head) => (head.querySelector("button") || head).textContent.trim());
    const printed = cells[1].textContent;
    const place = data.places[identity];
    const extra = data.extra[identity] || {};
    title.textContent = `${printed || "A figure without a value"}${cells[0].textContent ? `, page ${cells[0].textContent}` : ""}`;
    const evidence = extra.evidence || cells[9].textContent;
    const isPicture = place && typeof place[0] === "number";
    shown.replaceChildren(isPicture ? picture(place, printed) : words(place, printed, evidence));
    const list = make("dl");
    heads.forEach((head, at) => {
      if (at === 0 || at === 7) return;
      if (at === 9) line(list, "Words", evidence);
      else if (cells[at].childNodes.length) {
        const content = make("dd");
        content.append(...[...cells[at].childNodes].map((node) => node.cloneNode(true)));
        if (at === 1) content.replaceChildren(printed);
        if (content.textContent.trim()) list.append(make("dt", head), content);
      }
    });
    for (const [name, value] of extra.more || []) line(list, name, value);
    read.replaceChildren(...checks(identity), list);
    dialog.evidence = { row, identity, into: read };
    document.dispatchEvent(new CustomEvent("evidence"));
  };

  const problem = (row) => {
    const place = data.places[row.id.slice(2)];
    title.textContent = `Problem: ${row.cells[0].textContent}, ${row.cells[1].textContent}`;
    shown.replaceChildren(place && typeof place[0] === "number" ? picture(place, "the place") : words(null, "", row.cells[3].textContent));
    read.replaceChildren(make("p", row.cells[2].textContent));
  };

  function open(row) {
    current = row;
    (row.id.startsWith("f-") ? figure : problem)(row);
    if (!dialog.open) dialog.showModal();
    dialog.querySelector(".body").scrollTop = 0;
    title.focus();
  }

  function move(step) {
    const rows = [...current.parentElement.rows].filter((row) => !row.hidden || row === current);
    const next = rows[rows.indexOf(current) + step];
    if (next) location.replace(`#${next.id}`);
  }

  function follow() {
    const row = /^#[fp]-[0-9a-f]+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (row) open(row);
    else if (dialog.open) dialog.close();
  }

  dialog.addEventListener("close", () => {
    if (!current) return;
    const back = current;
    current = null;
    history.replaceState(null, "", location.pathname + location.search);
    const link = back.querySelector("a.ev");
    if (link) link.focus();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  for (const button of dialog.querySelectorAll("[data-move]")) {
    const step = Number(button.dataset.move);
    button.addEventListener("click", () => (step ? move(step) : dialog.close()));
  }
  dialog.addEventListener("keydown", (event) => {
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") move(event.key === "ArrowLeft" ? -1 : 1);
  });
  window.addEventListener("hashchange", follow);
  follow();
})();
