// The one script of the site. Without it every page is whole: static pictures stand where it draws plots.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const nearScreen = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        nearScreen.unobserve(target);
        draw(target).catch((error) => {
          target.querySelector(".plot-area")?.remove();
          console.error(error);
        });
      }
    },
    { rootMargin: "200px" },
  );
  for (const box of document.querySelectorAll(".plot-box.interactive")) nearScreen.observe(box);
  const sized = new ResizeObserver((entries) => entries.forEach(({ target }) => makeReachable(target)));
  for (const part of document.querySelectorAll("pre, .table-box, .output.rich, .plot-scroll, .formula, p"))
    sized.observe(part);
});

/** What scrolls on its own can be reached by Tab, to be scrolled by arrow keys; what shows whole is no stop. */
function makeReachable(part) {
  if (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1) part.tabIndex = 0;
  else part.removeAttribute("tabindex");
}

let bundle;

/** Plotly is 1.3 MB: taken from beside the page, once, when the first figure comes near the screen. */
function plotly() {
  bundle ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "assets/plotly-cartesian.min.js";
    script.onload = () => resolve(window.Plotly);
    script.onerror = () =>
      reject(new Error("assets/plotly-cartesian.min.js could not be loaded; the static pictures stay"));
    document.head.append(script);
  });
  return bundle;
}

/**
 * Lays the plot over the picture, in the size it was designed for and scaled to the box as the picture is:
 * the change moves nothing, and no label collides that did not collide in the picture.
 */
async function draw(box) {
  const { data, layout } = JSON.parse(
    box.closest("figure").querySelector("script[type='application/json']").textContent,
  );
  const library = await plotly();
  const width = Number(box.style.getPropertyValue("--width"));
  const height = Number(box.style.getPropertyValue("--height"));
  const plot = document.createElement("div");
  plot.className = "plot-area";
  plot.setAttribute("role", "img");
  plot.setAttribute("aria-label", box.dataset.label);
  box.append(plot);
  // A finger that moves over the plot scrolls the page; a mouse selects a part to enlarge.
  const dragmode = matchMedia("(pointer: coarse)").matches ? false : (layout.dragmode ?? "zoom");
  await library.newPlot(plot, data, { ...layout, width, height, autosize: false, dragmode }, { displaylogo: false });
  new ResizeObserver(() => (plot.style.transform = `scale(${box.clientWidth / width})`)).observe(box);
  box.classList.add("drawn");
}
