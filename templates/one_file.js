// Shows one page of the file at a time; without this the pages follow one another.
"use strict";

{
  const pages = [...document.querySelectorAll(".page")];
  let shown = null;

  const show = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = document.getElementById(id);
    // What is no place may be what another script keeps in the address.
    const page = target ? target.closest(".page") : (id && shown) || pages[0];
    if (!page || (page === shown && !target)) return;
    const turned = page !== shown && shown !== null;
    for (const other of pages) other.hidden = other !== page;
    document.title = page.dataset.title;
    shown = page;
    dispatchEvent(new Event("resize"));
    if (target && target !== page) target.scrollIntoView();
    else if (target) scrollTo(0, 0);
    if (turned) {
      const heading = page.querySelector("h1");
      heading?.setAttribute("tabindex", "-1");
      heading?.focus({ preventScroll: true });
    }
  };
  addEventListener("hashchange", show);
  show();
}
