// The matrix of the index: sort, filter, values, models as rows. Every view has
// an address (#region=alaska&view=value), and the page is complete without this file.
"use strict";

(() => {
const FIELDS = ["q", "view", "region", "sort", "rows", "turn", "subject", "variable", "grade", "status", "models"];
const MINUS = "\u2212", SPACE = "\u202f", NOTHING = "\u2013";
let numbers, tables, form, state;

// ---- what stands in the page

function readTable(table) {
  const heads = [...table.tHead.querySelectorAll("[data-model]")];
  const families = [...table.tHead.querySelectorAll(".families th")].flatMap((th) => Array(th.colSpan).fill(th.textContent));
  const models = heads.map((th, place) => ({
    th, place, slug: th.dataset.model, name: th.textContent.trim(),
    title: th.querySelector("a").title, family: families[place] ?? "",
  }));
  const groups = [...table.tBodies].map((body) => ({
    body, id: body.dataset.group, heading: body.rows[0], title: body.rows[0].textContent.trim(),
    rows: [...body.rows].slice(1).map(readRow),
  }));
  return {table, models, groups, corner: table.tHead.querySelector(".names .corner")};
}

function readRow(tr, place) {
  const [th, ...cells] = tr.cells;
  const where = th.querySelector(".where");
  return {
    tr, th, where, place, key: tr.dataset.key, total: "total" in tr.dataset,
    variable: tr.dataset.variable, grade: tr.dataset.grade,
    name: (th.querySelector("a, .name")?.textContent ?? "") + (where ? ", " + where.textContent : ""),
    text: (th.textContent + " " + (th.querySelector("a")?.title ?? "")).toLowerCase(),
    about: where?.textContent ?? "", cells: cells.map(readCell),
  };
}

function readCell(td) {
  const box = td.querySelector("a") ?? td;
  return {td, box, nodes: [...box.childNodes], title: box.title, look: td.className, status: statusOf(td)};
}

function statusOf(td) {
  if (!td.classList.contains("none")) return "scored";
  return [...td.classList].find((name) => name !== "cell" && name !== "none") ?? "no_model_data";
}

// ---- numbers as the rest of the report writes them: three significant digits

function format(x) {
  if (x === 0) return "0";
  const [digits, power] = Math.abs(x).toExponential(2).split("e");
  const sign = x < 0 ? MINUS : "";
  if (power < -4 || power >= 9) {
    const raised = [...String(Number(power))].map((d) => d === "-" ? "\u207b" : "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"[d]).join("");
    return `${sign}${digits}${SPACE}\u00d7${SPACE}10${raised}`;
  }
  const [whole, rest] = Math.abs(x).toFixed(Math.max(0, 2 - power)).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, SPACE);
  return sign + grouped + (rest ? "." + rest : "");
}

function scoreClass(score) {
  return "c" + Math.round(100 * Math.min(Math.max(score, 0), 1));
}

// ---- what a cell shows in the present view; `number` is what it is sorted by

function view(row, i) {
  const own = row.cells[i], score = (numbers.benchmarks[row.key] ?? numbers.totals[row.key])?.scores[i] ?? null;
  if (row.total || (!state.view && !state.region)) return {number: score, status: own.status};
  const regions = numbers.benchmarks[row.key].regions;
  const entries = (state.region ? [regions[state.region]] : Object.values(regions)).map((place) => place?.cells[i] ?? 0);
  const numeric = entries.filter(Array.isArray);
  if (!numeric.length) return missing(state.region ? entries[0] : null, own);
  const here = state.region ? numeric[0][0] : score;
  const look = here === null ? "cell plain" : "cell " + scoreClass(here);
  if (!state.view) return here === null ? missing(0, own) : {number: here, text: here.toFixed(2), look, status: "scored"};
  const values = numeric.map((pair) => pair[1]).filter((value) => value !== null);
  if (!values.length) return {number: null, text: NOTHING, look, status: "scored", note: "scored, no value of this kind"};
  const low = Math.min(...values), high = Math.max(...values);
  const text = low === high ? format(low) : `${format(low)} to ${format(high)}`;
  return {number: values.reduce((a, b) => a + b) / values.length, text, look, status: "scored", score: here};
}

function missing(code, own) {
  if (code === null && own.status !== "scored") return {number: null, status: own.status};
  const place = code || 1;
  const status = Object.keys(numbers.states)[place], [symbol, name] = numbers.states[status];
  return {number: null, text: symbol, look: `cell none ${status}`, status, note: code ? name : "no number here"};
}

function paint(row, i, model) {
  const cell = row.cells[i], shown = view(row, i);
  cell.td.classList.remove("hit");
  if (shown.text === undefined) {
    cell.box.replaceChildren(...cell.nodes);
    cell.td.className = cell.look;
    cell.box.title = cell.title;
  } else {
    cell.td.className = shown.look;
    const text = document.createElement("span");
    text.textContent = shown.text;
    if (shown.note) text.setAttribute("aria-hidden", "true");
    cell.box.replaceChildren(text);
    if (shown.note) {
      const said = document.createElement("span");
      said.className = "sr";
      said.textContent = shown.note;
      cell.box.append(said);
    }
    const unit = state.view && !shown.note ? " " + numbers.benchmarks[row.key].unit : "";
    const score = shown.score != null ? `; score ${shown.score.toFixed(2)}` : "";
    cell.box.title = `${model.title}, ${row.name}: ${shown.note ?? shown.text}${unit}${score}`;
  }
  if (state.status && shown.status === state.status) cell.td.classList.add("hit");
}

function describe(row) {
  if (!row.where || row.total) return;
  const about = numbers.benchmarks[row.key];
  if (!state.view) return void (row.where.textContent = row.about);
  const reference = state.region ? about.regions[state.region]?.ref : "";
  row.where.textContent = [about.what + (about.unit ? `, ${about.unit}` : ""), state.region ? "" : "lowest to highest region",
    reference ? `reference ${reference}` : ""].filter(Boolean).join(" \u00b7 ");
}

// ---- filters

function words() {
  return state.q.toLowerCase().split(/\s+/).filter(Boolean);
}

function named(model) {
  return words().every((word) => (model.title + " " + model.family).toLowerCase().includes(word));
}

// A search for a model's name keeps its column, any other keeps benchmarks.
function searchesModels(groups, models) {
  const found = groups.some((group) => group.rows.some((row) => matches(row, group)));
  return state.q !== "" && !found && models.some(named);
}

function matches(row, group) {
  return words().every((word) => row.text.includes(word) || group.title.toLowerCase().includes(word));
}

function keepsModel(model, byName) {
  const chosen = state.models ? state.models.split(",") : [];
  return (!chosen.length || chosen.includes(model.slug)) && (!byName || named(model));
}

function keepsRow(row, group, columns, byName) {
  if (!byName && !matches(row, group)) return false;
  if (row.total) {
    if (state.view || state.region || state.variable || state.grade || state.status) return false;
    return !state.subject || row.key === state.subject;
  }
  if (state.subject && group.id !== state.subject) return false;
  if (state.variable && row.variable !== state.variable) return false;
  if (state.grade && row.grade !== state.grade) return false;
  if (state.region && !numbers.benchmarks[row.key].regions[state.region]) return false;
  return !state.status || columns.some((model) => view(row, model.place).status === state.status);
}

// ---- order

const key = (name) => name.replace(/^-/, "");
const sign = (name) => (name.startsWith("-") ? -1 : 1);

// What has no number comes last, whichever way.
function byNumber(numberOf, direction) {
  return (a, b) => {
    const x = numberOf(a), y = numberOf(b);
    if (x === null || y === null) return (x === null) - (y === null) || a.place - b.place;
    return direction * (y - x) || a.place - b.place;
  };
}

function orderModels(models, every) {
  if (key(state.sort) === "name") return [...models].sort((a, b) => sign(state.sort) * a.title.localeCompare(b.title));
  const row = every.flatMap((group) => group.rows).find((one) => one.key === key(state.sort));
  return row ? [...models].sort(byNumber((model) => view(row, model.place).number, sign(state.sort))) : models;
}

function orderRows(rows, models) {
  const model = models.find((one) => one.slug === key(state.rows));
  return model ? [...rows].sort(byNumber((row) => view(row, model.place).number, sign(state.rows))) : rows;
}

// ---- the two ways to lay the table out

function element(name, about = {}) {
  return Object.assign(document.createElement(name), about);
}

function markSorted(th, own) {
  const sorted = key(own) !== "" && key(own) === (th.dataset.model ?? th.parentElement?.dataset.key ?? th.dataset.key);
  if (sorted) th.setAttribute("aria-sort", sign(own) > 0 ? "descending" : "ascending");
  else th.removeAttribute("aria-sort");
}

function runs(items, of) {
  const found = [];
  for (const item of items) {
    const last = found.at(-1);
    if (last && last.name === of(item)) last.n += 1;
    else found.push({name: of(item), n: 1});
  }
  return found;
}

function headings(spans) {
  const row = element("tr", {className: "families"});
  row.append(element("td", {className: "corner"}));
  for (const span of spans) row.append(element("th", {scope: "colgroup", colSpan: span.n, textContent: span.name}));
  return row;
}

function lay(head, spans, names, bodies) {
  const top = element("tr", {className: "names"});
  top.append(head.corner, ...names);
  for (const th of names) th.scope = "col";
  head.table.tHead.replaceChildren(...(spans.length > 1 ? [headings(spans)] : []), top);
  for (const body of [...head.table.tBodies]) body.remove();
  head.table.append(...bodies);
}

function layPlain(head, groups, models) {
  head.corner.firstChild.textContent = "Benchmark";
  const bodies = groups.map((group) => {
    group.heading.cells[0].colSpan = models.length + 1;
    for (const row of group.rows) {
      row.th.scope = "row";
      row.tr.replaceChildren(row.th, ...models.map((model) => row.cells[model.place].td));
    }
    group.body.replaceChildren(group.heading, ...group.rows.map((row) => row.tr));
    return group.body;
  });
  const spans = state.sort ? [] : runs(models, (model) => model.family);
  lay(head, spans, models.map((model) => model.th), bodies);
}

function layTurned(head, groups, models) {
  head.corner.firstChild.textContent = "Model";
  const rows = groups.flatMap((group) => group.rows), body = element("tbody");
  for (const model of models) {
    const line = element("tr");
    line.append(model.th, ...rows.map((row) => row.cells[model.place].td));
    body.append(line);
  }
  lay(head, groups.map((group) => ({name: group.title, n: group.rows.length})), rows.map((row) => row.th), [body]);
  for (const model of models) model.th.scope = "row";
}

function arrange(head) {
  const byName = searchesModels(tables.flatMap((one) => one.groups), head.models);
  const kept = head.models.filter((model) => keepsModel(model, byName));
  const models = orderModels(kept, tables[0].groups);
  const groups = head.groups
    .map((group) => ({...group, rows: orderRows(group.rows.filter((row) => keepsRow(row, group, models, byName)), head.models)}))
    .filter((group) => group.rows.length);
  for (const row of groups.flatMap((group) => group.rows)) {
    describe(row);
    markSorted(row.th, state.sort);
    for (const model of models) paint(row, model.place, model);
  }
  for (const model of models) markSorted(model.th, state.rows);
  (state.turn ? layTurned : layPlain)(head, groups, models);
  head.table.style.setProperty("--columns", models.length);
  head.table.classList.toggle("turned", Boolean(state.turn));
  head.table.classList.toggle("values", Boolean(state.view));
  // Below another row, a row that only names its regions would be misread.
  head.table.classList.toggle("labelled", ["q", "region", "rows", "turn", "variable", "grade", "status"].some((name) => state[name]));
  return {models: models.length, rows: groups.flatMap((group) => group.rows).filter((row) => !row.total).length};
}

function plural(n, of, word) {
  return `${n === of ? n : `${n} of ${of}`} ${word}${of === 1 ? "" : "s"}`;
}

function inTable(one) {
  return one.groups.flatMap((group) => group.rows).filter((row) => !row.total).length;
}

// The page comes as the empty view lays it out; not to do it again is a third of the
// time that it takes to open.
let asWritten = true;

function arranged() {
  const plain = FIELDS.every((name) => !state[name]);
  if (asWritten && plain) return tables.map((one) => ({models: one.models.length, rows: inTable(one)}));
  asWritten = false;
  return tables.map(arrange);
}

function render() {
  const found = arranged();
  const shown = found.reduce((n, one) => n + one.rows, 0);
  const every = tables.reduce((n, one) => n + inTable(one), 0);
  const silent = document.querySelector(".silent-benchmarks");
  if (silent) {
    silent.hidden = found[1].rows === 0;
    silent.querySelector("summary").textContent = `${plural(found[1].rows, inTable(tables[1]), "benchmark")} without a score of any model`;
    if (state.status || found[0].rows === 0) silent.open = true;
  }
  const where = state.region ? ` in ${numbers.regions[state.region]}` : "";
  form.querySelector("[role=status]").textContent =
    `${plural(shown, every, "benchmark")}, ${plural(found[0].models, numbers.models.length, "model")}: ${state.view ? "values" : "scores"}${where}.${
      (state.view || state.region) && "overall" in numbers.totals ? " The scorecard, which is of all regions, is left out." : ""}`;
  form.querySelector(".active").textContent = ["rows", "subject", "variable", "grade", "status", "models"].filter((name) => state[name]).length || "";
  sayWide();
}

// ---- the form, the address and the buttons in the headers

function option(select, value, text) {
  select.append(new Option(text, value));
}

function fillForm() {
  const {region, sort, rows, subject} = form.elements;
  const used = new Set(Object.values(numbers.benchmarks).flatMap((one) => Object.keys(one.regions)));
  for (const [slug, name] of Object.entries(numbers.regions)) if (used.has(slug)) option(region, slug, name);
  for (const group of tables[0].groups) {
    const list = element("optgroup", {label: group.title});
    for (const row of group.rows) option(list, row.key, row.name);
    sort.append(list);
  }
  const titles = new Map(tables.flatMap((one) => one.groups).map((group) => [group.id, group.title]));
  for (const [id, title] of titles) if (id !== "totals") option(subject, id, title);
  const boxes = form.querySelector(".boxes");
  for (const model of tables[0].models) {
    option(rows, model.slug, model.title);
    const label = element("label");
    label.append(element("input", {type: "checkbox", name: "models", value: model.slug, checked: true}), " ", model.name);
    boxes.append(label);
  }
}

function readForm() {
  const boxes = [...form.querySelectorAll("[name=models]")], ticked = boxes.filter((box) => box.checked);
  const read = Object.fromEntries(FIELDS.map((name) => [name, form.elements[name]?.value ?? ""]));
  read.turn = form.elements.turn.checked ? "1" : "";
  read.models = ticked.length === boxes.length ? "" : ticked.map((box) => box.value).join(",");
  for (const name of ["sort", "rows"]) if (read[name] === key(state[name])) read[name] = state[name];
  return read;
}

function writeForm() {
  for (const name of FIELDS) {
    if (name === "models") continue;
    const field = form.elements[name];
    if (name === "turn") field.checked = state.turn === "1";
    else field.value = name === "sort" || name === "rows" ? key(state[name]) : state[name];
  }
  const chosen = state.models ? state.models.split(",") : numbers.models;
  for (const box of form.querySelectorAll("[name=models]")) box.checked = chosen.includes(box.value);
}

// What the address asks for and the page does not know is left out.
function readAddress() {
  const asked = readHash(), known = (name) => {
    const value = asked.get(name) ?? "";
    if (name === "q") return value;
    if (name === "turn") return value === "1" ? "1" : "";
    if (name === "models") return value.split(",").filter((slug) => numbers.models.includes(slug)).join(",");
    return [...form.elements[name].options].some((one) => one.value === key(value)) ? value : "";
  };
  return Object.fromEntries(FIELDS.map((name) => [name, known(name)]));
}

function change(changes, replace = false) {
  state = {...state, ...changes};
  writeHash({...state, at: ""}, replace);
  writeForm();
  render();
}

// High first, low first, the order of the run.
function nextOrder(own, name) {
  return own === name ? "-" + name : own === "-" + name ? "" : name;
}

function addButton(th, field, name, label) {
  const button = element("button", {type: "button", className: "sort", title: label});
  button.append(element("span", {className: "sr", textContent: label}));
  button.addEventListener("click", () => {
    change({[field]: nextOrder(state[field], name)});
    button.focus();
  });
  th.append(button);
}

function addButtons() {
  for (const head of tables) {
    for (const model of head.models) addButton(model.th, "rows", model.slug, `Order benchmarks by ${model.title}`);
  }
  for (const row of tables[0].groups.flatMap((group) => group.rows)) {
    row.th.dataset.key = row.key;
    addButton(row.th, "sort", row.key, `Order models by ${row.name}`);
  }
}

// A place in the page of the matrix, unfolded.
function place(id) {
  const found = id && document.getElementById(id), page = form.closest(".page");
  if (!found || (page && !page.contains(found))) return null;
  const closed = found.closest("details");
  if (closed) closed.open = true;
  return found;
}

// A link within the page must not cost the view its address.
function followLink(event) {
  const link = event.target.closest?.("a[href^='#']");
  if (!link) return;
  const id = link.getAttribute("href").slice(1), target = place(id);
  if (!target || !FIELDS.some((name) => state[name])) return;
  event.preventDefault();
  writeHash({...state, at: id});
  target.scrollIntoView();
}

function restore() {
  // An anchor is a place in the page, not another view of the matrix.
  if (location.hash && !location.hash.includes("=")) return void place(location.hash.slice(1));
  state = readAddress();
  writeForm();
  render();
  place(readHash().get("at"))?.scrollIntoView();
}

function start() {
  // By class: in a file with all pages an id has the name of its page before it.
  const section = document.querySelector(".matrix-section");
  form = section?.querySelector("form.tools");
  if (!form) return;
  numbers = JSON.parse(section.querySelector("script.numbers").textContent);
  tables = [...section.querySelectorAll("[data-matrix]")].map(readTable);
  state = Object.fromEntries(FIELDS.map((name) => [name, ""]));
  fillForm();
  addButtons();
  form.hidden = false;
  form.addEventListener("input", (event) => change(readForm(), event.target.name === "q"));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    change(Object.fromEntries(FIELDS.map((name) => [name, ""])));
  });
  document.addEventListener("click", followLink);
  addEventListener("popstate", restore);
  restore();
  if (location.hash && !location.hash.includes("=")) render();
}

whenReady(start);
})();
