"use strict";
// Shows the values of the nearest point of a curve. The points of the lines and the values come in the same order: the training samples'
// curve, then that of the validation samples, once for each panel.
(() => {
  const figure = document.getElementById("training-curves");
  const svg = figure.querySelector("svg");
  const lines = [...svg.querySelectorAll("polyline")].map(line => ({
    color: line.getAttribute("stroke"),
    points: line.getAttribute("points").split(" ").map(point => point.split(",").map(Number)),
  }));
  const values = JSON.parse(document.getElementById("curve-values").textContent);
  if (lines.length === 0) return;

  let next = 0;
  const half = lines.length / 2;
  for (let index = 0; index < half; index++) {
    const own = values.slice(next, next + lines[index].points.length);
    next += own.length;
    lines[index].values = own.map(sample => "loss " + sample.loss.toFixed(4));
    lines[index + half].values = own.map(sample => (sample.accuracy * 100).toFixed(2) + " %");
    lines[index].steps = lines[index + half].steps = own.map(sample => sample.step);
    lines[index].name = lines[index + half].name = index === 0 ? "training" : "validation";
  }

  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  figure.append(tip);
  const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  dot.setAttribute("r", 5);
  dot.setAttribute("visibility", "hidden");
  svg.append(dot);

  svg.addEventListener("pointerleave", () => {
    tip.hidden = true;
    dot.setAttribute("visibility", "hidden");
  });
  svg.addEventListener("pointermove", event => {
    const box = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal.width / box.width;
    const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    let best = { distance: Infinity };
    for (const line of lines) {
      line.points.forEach(([px, py], index) => {
        const distance = Math.hypot((px - x) * 2, py - y);
        if (distance < best.distance) best = { distance, line, index, px, py };
      });
    }
    dot.setAttribute("cx", best.px);
    dot.setAttribute("cy", best.py);
    dot.setAttribute("fill", best.line.color);
    dot.setAttribute("visibility", "visible");
    tip.textContent = `${best.line.name}\nstep ${Math.round(best.line.steps[best.index])}\n${best.line.values[best.index]}`;
    tip.classList.toggle("left", best.px > svg.viewBox.baseVal.width * 0.8);
    tip.style.left = `${best.px / scale}px`;
    tip.style.top = `${best.py / scale}px`;
    tip.hidden = false;
  });
})();
