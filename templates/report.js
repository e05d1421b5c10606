// What every page shares: theme, menus, sorting and filtering of tables. Every page
// is complete without this file.
"use strict";

function whenReady(start) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}

// ---- the address: a hash with "=" is a view, any other an anchor

function readHash() {
  return new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
}

function writeHash(changes, replace = false) {
  const params = readHash();
  for (const [name, value] of Object.entries(changes)) {
    if (value) params.set(name, value);
    else params.delete(name);
  }
  const text = params.toString().replaceAll("%2C", ",");
  const address = text ? "#" + text : location.pathname + location.search;
  if (text === location.hash.slice(1)) return;
  history[replace ? "replaceState" : "pushState"](null, "", address);
}

// ---- theme: the address, else what was chosen before, else the system

const THEMES = ["auto", "light", "dark"];

function stored() {
  // Some browsers keep nothing for files.
  try { return localStorage.getItem("permabench-theme"); } catch { return null; }
}

function store(theme) {
  try { localStorage.setItem("permabench-theme", theme); } catch { /* it lasts for this page */ }
}

function theme() {
  return [readHash().get("theme"), stored()].find((name) => THEMES.includes(name)) ?? "auto";
}

function applyTheme() {
  const chosen = theme();
  if (chosen === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}
applyTheme();

function addThemeSwitch() {
  const label = document.createElement("label");
  const select = document.createElement("select");
  label.className = "theme";
  label.append("Theme ", select);
  for (const name of THEMES) select.append(new Option(name, name));
  select.value = theme();
  select.addEventListener("change", () => {
    store(select.value);
    if (!location.hash || location.hash.includes("=")) writeHash({theme: select.value === "auto" ? "" : select.value}, true);
    applyTheme();
    if (theme() !== select.value) document.documentElement.dataset.theme = select.value;
  });
  document.querySelector(".top .menus")?.append(label);
  addEventListener("popstate", () => {
    applyTheme();
    select.value = theme();
  });
}

// ---- menus

// What a menu leads to is in menus.js, once for all pages; a page has a link to the
// same lists on a page of their own.
function fillMenu(link) {
  const groups = globalThis.permabenchMenus?.[link.dataset.menu];
  if (!groups) return;
  const root = link.getAttribute("href").split("contents.html")[0];
  const made = (name, parent, text = "", className = "") => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(text);
    parent?.append(element);
    return element;
  };
  const menu = made("details", null, "", "menu");
  made("summary", menu, link.textContent);
  const panel = made("div", menu, "", "panel");
  for (const [heading, pages] of groups) {
    const group = made("div", panel, "", "group");
    if (heading) made("p", group, heading, "heading");
    const list = made("ul", group);
    for (const [href, name] of pages) made("a", made("li", list), name).href = root + href;
  }
  link.replaceWith(menu);
}

function addMenuSearch(menu) {
  const links = [...menu.querySelectorAll("li")];
  if (links.length < 13) return;
  const input = document.createElement("input");
  input.type = "search";
  input.placeholder = "Find";
  input.setAttribute("aria-label", "Find in " + menu.querySelector("summary").textContent);
  input.addEventListener("input", () => {
    const text = input.value.toLowerCase();
    for (const item of links) item.hidden = !item.textContent.toLowerCase().includes(text);
    for (const group of menu.querySelectorAll(".group")) group.hidden = !group.querySelector("li:not([hidden])");
  });
  // Enter goes to the only page that is left, or the first.
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      menu.querySelector("li:not([hidden]) a")?.click();
    }
  });
  menu.querySelector(".panel").prepend(input);
  menu.addEventListener("toggle", () => menu.open && input.focus());
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll(".menu[open]")) {
    if (event.type === "keydown") {
      if (event.key !== "Escape") return;
      menu.querySelector("summary").focus();
    } else if (menu.contains(event.target)) continue;
    menu.open = false;
  }
}

// ---- tables

function sortKey(row, index) {
  const cell = row.cells[index];
  if (!cell) return "";
  const text = (cell.dataset.value ?? cell.textContent).trim().replace("\u2212", "-").replace(/\u202f/g, "");
  const value = parseFloat(text);
  return Number.isNaN(value) ? text.toLowerCase() : value;
}

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "number") return -1;
  if (typeof b === "number") return 1;
  return a.localeCompare(b);
}

function sortBy(table, header, index) {
  const up = header.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.setAttribute("aria-sort", "none");
  header.setAttribute("aria-sort", up ? "ascending" : "descending");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => [sortKey(row, index), row]);
  rows.sort((a, b) => (up ? compare(a[0], b[0]) : compare(b[0], a[0])));
  body.append(...rows.map((pair) => pair[1]));
}

function makeSortable(table) {
  // Cells that span columns would put the wrong value under a header.
  if (!table.tHead || table.querySelector("tbody [colspan]")) return;
  [...table.tHead.rows[0].cells].forEach((header, index) => {
    if (!header.textContent.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    header.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => sortBy(table, header, index));
  });
}

function tools(before) {
  const bar = document.createElement("div");
  bar.className = "tools";
  before.before(bar);
  return bar;
}

function addMetricFilter(table) {
  const headers = [...table.querySelectorAll("thead th[data-metric]")];
  const names = [...new Set(headers.map((header) => header.dataset.metric))];
  if (names.length < 3) return;
  const label = document.createElement("label");
  const select = document.createElement("select");
  label.append("Metric ", select);
  select.append(new Option("all", ""));
  for (const name of names) {
    const header = headers.find((item) => item.dataset.metric === name);
    select.append(new Option(header.firstChild.textContent.trim() || name, name));
  }
  select.addEventListener("change", () => {
    const metrics = [...table.tHead.rows[0].cells].map((cell) => cell.dataset.metric);
    for (const row of table.rows) {
      [...row.cells].forEach((cell, i) => {
        cell.hidden = Boolean(select.value && metrics[i]) && metrics[i] !== select.value;
      });
    }
  });
  tools(table.closest(".scroll")).append(label);
}

function addSearch(table) {
  if (table.tBodies[0].rows.length < 8) return;
  const label = document.createElement("label");
  const input = document.createElement("input");
  const found = document.createElement("span");
  input.type = "search";
  found.setAttribute("role", "status");
  label.append("Filter ", input);
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/);
    let n = 0;
    for (const row of table.tBodies[0].rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      n += row.hidden ? 0 : 1;
    }
    found.textContent = input.value ? n + (n === 1 ? " row" : " rows") : "";
  });
  tools(table.closest(".scroll")).append(label, found);
}

// Say of a table that it is wider than the page: once a frame, measured before written.
let measuring = 0;

function sayWide() {
  cancelAnimationFrame(measuring);
  measuring = requestAnimationFrame(() => {
    const boxes = [...document.querySelectorAll(".scroll")];
    const wide = boxes.map((box) => box.scrollWidth > box.clientWidth + 4);
    boxes.forEach((box, i) => box.classList.toggle("wide", wide[i]));
  });
}

whenReady(() => {
  addThemeSwitch();
  for (const link of document.querySelectorAll("[data-menu]")) fillMenu(link);
  for (const menu of document.querySelectorAll(".top .menu")) addMenuSearch(menu);
  for (const table of document.querySelectorAll("table.sortable")) {
    addMetricFilter(table);
    makeSortable(table);
    if (table.matches(".gaps, .small")) addSearch(table);
  }
  sayWide();
  addEventListener("resize", sayWide);
  addEventListener("toggle", sayWide, true);
  document.addEventListener("click", closeMenus);
  document.addEventListener("keydown", closeMenus);
});
