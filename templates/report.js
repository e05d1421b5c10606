// Sorting and filtering; every page is complete without this file.
"use strict";

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
    for (const cell of table.querySelectorAll("[data-metric]")) {
      cell.hidden = select.value !== "" && cell.dataset.metric !== select.value;
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
    found.textContent = input.value ? n + " rows" : "";
  });
  tools(table.closest(".scroll")).append(label, found);
}

for (const table of document.querySelectorAll("table.sortable")) {
  addMetricFilter(table);
  makeSortable(table);
  if (table.matches(".gaps, .small")) addSearch(table);
}

// Say of a table that it is wider than the page.
function sayWide() {
  for (const box of document.querySelectorAll(".scroll")) {
    box.classList.toggle("wide", box.scrollWidth > box.clientWidth + 4);
  }
}
sayWide();
addEventListener("resize", sayWide);
addEventListener("toggle", sayWide, true);

// A menu closes when another opens or the reader clicks elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
