"use strict";
// Accept, correct or reject a figure. Talks only to the server that the page comes from, with the token it printed.
(() => {
  const bar = document.getElementById("reviewer");
  if (!bar) return;
  const arrived = /^#token=([\w-]+)$/.exec(location.hash);
  if (arrived) {
    sessionStorage.setItem("token", arrived[1]);
    history.replaceState(null, "", location.pathname + location.search);
  }
  const token = sessionStorage.getItem("token");
  const words = { accept: "accepted", correct: "corrected", reject: "rejected" };
  let state = null;

  const make = (name, content, attributes = {}) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (content !== undefined && content !== null) element.append(content);
    return element;
  };

  async function ask(path, content) {
    const headers = { "X-Sendparse-Token": token || "" };
    const options = { headers, cache: "no-store" };
    if (content) {
      options.method = "POST";
      headers["Content-Type"] = "application/json";
      options.body = JSON.stringify(content);
    }
    const answer = await fetch(path, options);
    const found = await answer.json();
    if (!answer.ok) throw new Error(found.error || "The server did not answer.");
    return found;
  }

  const status = make("p", "", { role: "status" });
  const name = make("input", null, { id: "reviewer-name", autocomplete: "name", maxlength: "80" });
  name.value = localStorage.getItem("reviewer") || "";
  name.addEventListener("change", () => localStorage.setItem("reviewer", name.value.trim()));

  function tally() {
    const number = Object.keys(state.decisions).length;
    status.textContent = `${number} figure${number === 1 ? "" : "s"} decided. The next sendparse batch or check applies them.`;
  }

  function badge(row) {
    const old = row.querySelector(".state");
    if (old) old.remove();
    const one = state.decisions[row.id.slice(2)];
    if (one) row.cells[1].append(make("span", words[one.act], { class: "state" }));
  }

  const field = (id, text, control) => {
    const label = make("label", text, { for: id });
    control.id = id;
    const holder = make("div", label, { class: "field" });
    holder.append(control);
    return holder;
  };

  function control(key, value) {
    const list = state.choices[key];
    if (list) {
      const select = make("select");
      for (const one of list) select.append(make("option", one.replace(/_/g, " ") || "(empty)", { value: one }));
      select.value = value || "";
      return select;
    }
    const input = make("input", null, { type: /^period_(start|end)$/.test(key) ? "date" : "text" });
    if (key === "kpi") input.setAttribute("list", "known-kpis");
    input.value = value === null || value === undefined ? "" : String(value);
    return input;
  }

  const numbers = new Set(["value", "value_high", "numerator", "denominator"]);

  function changed(fields, before) {
    const after = {};
    for (const [key, input] of Object.entries(fields)) {
      const text = input.value.trim();
      let value = text;
      if (numbers.has(key)) {
        value = text === "" ? null : Number(text.replace(/,/g, ""));
        if (Number.isNaN(value)) throw new Error(`“${text}” is no number (${key.replace(/_/g, " ")}).`);
      } else if (/^period_(start|end)$/.test(key)) value = text || null;
      if (value !== (before[key] === undefined ? null : before[key])) after[key] = value;
    }
    return after;
  }

  function decisionForm({ row, identity, into }) {
    const box = make("section", null, { class: "decide", "aria-label": "Decision" });
    into.insertBefore(box, into.querySelector("dl"));
    const fault = make("p", "", { role: "alert" });
    const said = make("p", "", { role: "status" });
    const why = make("input", null, { type: "text", maxlength: "500" });
    const acts = make("p", null, { class: "acts" });
    const tell = () => {
      const one = state.decisions[identity];
      said.textContent = one ? `${one.who} ${words[one.act]} this figure on ${one.when.slice(0, 10)}${one.why ? `: ${one.why}` : ""}.` : "Not decided yet.";
      withdraw.hidden = !one;
    };
    const send = async (act, after) => {
      fault.textContent = "";
      if (!name.value.trim()) {
        fault.textContent = "Say who you are first: it is kept with every decision.";
        who.focus();
        return;
      }
      try {
        const made = await ask("/api/decide", { observation_id: identity, act, who: who.value.trim(), why: why.value.trim(), after: after || {} });
        if (act === "withdraw") delete state.decisions[identity];
        else state.decisions[identity] = made;
        tell();
        tally();
        badge(row);
      } catch (error) {
        fault.textContent = error.message;
      }
    };
    const button = (text, work, kind) => {
      const one = make("button", text, { type: "button", class: kind || "" });
      one.addEventListener("click", work);
      return one;
    };
    const who = make("input", null, { type: "text", maxlength: "80", autocomplete: "name" });
    who.value = name.value;
    who.addEventListener("input", () => {
      name.value = who.value;
      localStorage.setItem("reviewer", who.value.trim());
    });
    const withdraw = button("Withdraw", () => send("withdraw"));
    const form = make("fieldset", make("legend", "Correct what was read"));
    form.hidden = true;
    const opener = button("Correct …", async () => {
      if (form.childElementCount === 1) await fill(form, identity, send, fault);
      form.hidden = !form.hidden;
      opener.setAttribute("aria-expanded", String(!form.hidden));
    });
    opener.setAttribute("aria-expanded", "false");
    acts.append(button("Accept", () => send("accept"), "main"), opener, button("Reject", () => send("reject")), withdraw);
    box.append(make("h3", "Decision"), said, field("decide-who", "Your name", who), field("decide-why", "Why (may be left out)", why), acts, fault, form);
    tell();
  }

  async function fill(form, identity, send, fault) {
    const before = await ask(`/api/figure/${identity}`);
    const fields = {};
    for (const key of state.fields) {
      fields[key] = control(key, before[key]);
      form.append(field(`decide-${key}`, key.replace(/_/g, " "), fields[key]));
    }
    const keep = make("button", "Keep the correction", { type: "button", class: "main" });
    keep.addEventListener("click", () => {
      try {
        const after = changed(fields, before);
        if (Object.keys(after).length === 0) fault.textContent = "Nothing is changed: accept the figure instead.";
        else send("correct", after);
      } catch (error) {
        fault.textContent = error.message;
      }
    });
    form.append(keep);
  }

  // A figure may be open before this script has begun, or before the server has answered.
  const dialog = document.getElementById("evidence");
  const offer = () => {
    if (state && dialog && dialog.open && dialog.evidence && !dialog.querySelector(".decide")) decisionForm(dialog.evidence);
  };
  document.addEventListener("evidence", () => setTimeout(offer));

  ask("/api/state").then((found) => {
    state = found;
    const kpis = make("datalist", null, { id: "known-kpis" });
    for (const [id, label] of state.kpis) kpis.append(make("option", label, { value: id }));
    bar.append(make("p", make("b", "Review")), field("reviewer-name", "Your name", name), status, kpis);
    tally();
    document.querySelectorAll("tr[id^='f-']").forEach(badge);
    offer();
  }).catch((error) => {
    bar.append(make("p", `Decisions cannot be made here: ${error.message}`));
  });
})();
