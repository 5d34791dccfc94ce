// Filters, searches, sorts and opens questions. Everything is in the page already: without this script it is all there.
(() => {
  "use strict";
  document.documentElement.classList.add("js");
  const form = document.querySelector(".filters");
  const questions = [...document.querySelectorAll(".q")];
  const groups = [...document.querySelectorAll(".group")];
  if (!form || !questions.length) return;
  const output = form.querySelector("output");
  const field = (name) => form.elements.namedItem(name);
  const texts = new WeakMap();
  const AT_ONCE = 200; // questions that a click opens
  form.hidden = false;

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const textOf = (question) => {
    if (!texts.has(question)) texts.set(question, fold(question.textContent));
    return texts.get(question);
  };
  const value = (name) => (field(name) ? field(name).value : "");

  function matches(question, words) {
    const { o, s, t } = question.dataset;
    return (!value("o") || o === value("o"))
      && (!value("t") || t === value("t"))
      && (!value("s") || JSON.parse(s).includes(value("s")))
      && words.every((word) => textOf(question).includes(word));
  }

  function filter() {
    const words = fold(value("text")).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const question of questions) {
      question.hidden = !matches(question, words);
      shown += !question.hidden;
    }
    for (const group of groups) group.hidden = !group.querySelector(".q:not([hidden])");
    output.textContent = `${shown.toLocaleString("en")} of ${questions.length.toLocaleString("en")} questions`;
  }

  function sort() {
    const key = value("order").slice(0, -1);
    const sign = value("order").endsWith("-") ? -1 : 1;
    const number = (question) => (question.dataset[key] ? Number(question.dataset[key]) : -Infinity * sign);
    for (const group of groups) {
      const own = questions.filter((question) => question.parentNode === group);
      group.append(...(key ? own.sort((a, b) => sign * (number(a) - number(b)) || 0) : own));
    }
  }

  function choose(name, chosen) {
    if (!field(name)) return;
    field(name).value = chosen;
    filter();
  }

  // Questions above get their true height only once they are near, which moves what was scrolled to.
  function settle(question, times) {
    question.scrollIntoView({ block: "start" });
    if (times) requestAnimationFrame(() => settle(question, times - 1));
  }

  function open() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { return; }
    const body = document.getElementById(id);
    const question = body && body.closest(".q");
    if (!question) return;
    if (question.hidden) form.reset();
    question.open = true;
    question.querySelector("summary").focus({ preventScroll: true });
    settle(question, 4);
  }

  let waiting = 0;
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (event.target.name === "order") sort();
    waiting = setTimeout(filter, event.target.name === "text" ? 150 : 0);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { sort(); filter(); }, 0));
  form.querySelector("[data-toggle]").addEventListener("click", (event) => {
    const opening = event.target.dataset.toggle !== "close";
    const shown = questions.filter((question) => !question.hidden);
    for (const question of opening ? shown.slice(0, AT_ONCE) : questions) question.open = opening;
    event.target.dataset.toggle = opening ? "close" : "";
    event.target.textContent = opening ? "Close all" : "Open those shown";
    if (opening && shown.length > AT_ONCE) output.textContent = `Opened the first ${AT_ONCE} of ${shown.length}`;
  });
  document.addEventListener("click", (event) => {
    const go = event.target.closest("[data-go]");
    const part = event.target.closest("[data-slice]");
    if (!go && !part) return;
    event.preventDefault();
    form.reset();
    setTimeout(() => {
      if (go) choose("o", go.dataset.go);
      else if (part.dataset.slice.startsWith("type:")) choose("t", part.dataset.slice.slice(5));
      else choose("s", part.dataset.slice);
      document.getElementById("questions").scrollIntoView();
      field("text").focus({ preventScroll: true });
    }, 1);
  });
  addEventListener("hashchange", open);
  filter();
  if (document.readyState === "complete") open();
  else addEventListener("load", open); // after the browser has scrolled by itself
})();
