// Makes a player of every element of class hgn-player that is not one yet. It lives in a shadow root: the page's
// styles do not reach it, nor its own the page; it needs no ids and leaves no globals.
(css => {
  "use strict";
  const SPEEDS = [0.25, 0.5, 1, 2, 4];
  const ICONS = {
    first: "M1 1h2v12H1zM13 1v12L4 7z", back: "M11 1v12L3 7z", play: "M2 0v14l11-7z",
    pause: "M2 1h4v12H2zM8 1h4v12H8z", next: "M3 1v12l8-6z", last: "M11 1h2v12h-2zM1 1v12l9-6z",
  };
  // A tab that was hidden, or a machine that was busy, goes on where it was.
  const LONGEST_GAP = 0.25;

  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.append(...children);
    return made;
  };
  const icon = name => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 14 14");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  };
  const button = (name, content, action) => {
    const made = element("button", { type: "button", "aria-label": name, title: name }, content);
    made.addEventListener("click", action);
    return made;
  };
  const time = t => "t = " + String(+t.toFixed(4)).replace("-", "−");

  const start = host => {
    const film = JSON.parse(host.dataset.film);
    const side = film.size * film.scale;
    const marked = film.seen > 0 && film.seen < film.length;
    let place = 0; // between two frames while it plays
    let direction = 1;
    let speed = 1;
    let last = null; // when the last redraw was, in milliseconds; null while it stands
    let redraw = 0;

    const sheet = host.querySelector("img").src;
    const screens = film.screens.map((screen, row) => {
      const picture = element("div", { class: "screen", role: "img" });
      picture.style.cssText = `width:${side}px;height:${side}px`;
      const below = element("div", { class: "below" });
      const show = k => {
        const frame = k - screen.delay;
        const there = frame >= 0 && frame < screen.below.length && screen.below[frame] !== null;
        const seen = marked && row === 0 && k < film.seen;
        picture.className = "screen" + (there ? "" : " empty") + (seen ? " seen" : "");
        if (there) {
          const x = (k % film.columns) * side;
          const y = (Math.floor(k / film.columns) * film.screens.length + row) * side;
          picture.style.backgroundPosition = `${-x}px ${-y}px`;
        }
        const own = screen.dt === 0 ? "" : time(screen.start + frame * screen.dt);
        const parts = there ? [seen ? own + ", seen" : own, screen.below[frame]] : ["–"];
        below.textContent = parts.filter(part => part !== "").join("\n");
        picture.setAttribute("aria-label", `${screen.label}: ${below.textContent}`);
      };
      picture.style.backgroundImage = `url(${sheet})`;
      picture.style.backgroundSize = `${film.columns * side}px auto`;
      return { show, node: element("figure", {}, element("figcaption", {}, screen.label), picture, below) };
    });

    const places = element("div", { class: "screens" });
    places.style.gridTemplateColumns = `repeat(${film.width}, ${side}px)`;
    screens.forEach((screen, row) => {
      screen.node.style.gridColumn = film.screens[row].column + 1;
      screen.node.style.gridRow = film.screens[row].row + 1;
      places.append(screen.node);
    });
    if (film.key) {
      const bar = element("div", { class: "bar" });
      bar.style.background = `linear-gradient(to right, ${film.key.colours.join(", ")})`;
      const ticks = element("div", { class: "ticks" }, ...film.key.ticks.map(t => element("span", {}, t)));
      const key = element("div", { class: "key" }, film.key.title, bar, ticks);
      key.style.gridColumn = film.key.column + 1;
      key.style.gridRow = film.key.row + 1;
      places.append(key);
    }

    const slider = element("input", { type: "range", min: 0, max: film.length - 1, step: 1, "aria-label": "frame" });
    const clock = element("output", { class: "clock" });
    const draw = () => {
      const k = Math.min(film.length - 1, Math.floor(place));
      screens.forEach(screen => screen.show(k));
      slider.value = k;
      clock.textContent = `frame ${k + 1} of ${film.length} · ${time(film.start + k * film.dt)}`;
      slider.setAttribute("aria-valuetext", clock.textContent);
      speeds.forEach((made, i) => made.setAttribute("aria-pressed", SPEEDS[i] === speed));
      ways.forEach(([way, made]) => made.setAttribute("aria-pressed", way === direction));
      const doing = last === null ? "play" : "pause";
      if (play.title !== doing) {
        play.replaceChildren(icon(doing));
        play.title = doing;
        play.setAttribute("aria-label", doing);
      }
    };
    const tick = now => {
      if (!host.isConnected) { // the cell's output is gone
        pause();
        return;
      }
      const gap = Math.min(LONGEST_GAP, (now - last) / 1000);
      last = now;
      const moved = place + direction * speed * film.rate * gap;
      place = ((moved % film.length) + film.length) % film.length;
      draw();
      redraw = requestAnimationFrame(tick);
    };
    const pause = () => {
      last = null;
      cancelAnimationFrame(redraw);
    };
    const to = k => {
      pause();
      place = Math.max(0, Math.min(film.length - 1, k));
      draw();
    };
    const step = by => to((Math.floor(place) + by + film.length) % film.length);
    const toggle = () => {
      if (last !== null) {
        pause();
      } else {
        last = performance.now();
        redraw = requestAnimationFrame(tick);
      }
      draw();
    };
    const turn = way => { direction = way; draw(); };
    const hasten = by => {
      speed = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(speed) + by))];
      draw();
    };

    const play = button("", "", toggle);
    const speeds = SPEEDS.map(s => button(`speed ${s} times`, s + "×", () => { speed = s; draw(); }));
    const ways = [[-1, button("backward", "◀ backward", () => turn(-1))], [1, button("forward", "forward ▶", () => turn(1))]];
    slider.addEventListener("input", () => to(Number(slider.value)));

    const scrub = element("div", { class: "scrub" }, slider);
    if (marked) {
      const context = element("div", { class: "context", title: `seen: the first ${film.seen} frames` });
      context.style.width = `${100 * film.seen / film.length}%`;
      scrub.append(context);
    }
    const group = (name, ...buttons) => element("span", { class: "group", role: "group", "aria-label": name }, ...buttons);
    const player = element("div", { class: "player", role: "group", "aria-label": "film player", tabindex: 0 }, places,
      element("div", { class: "row" },
        group("playback", button("first frame", icon("first"), () => to(0)), button("step back", icon("back"), () => step(-1)),
          play, button("step on", icon("next"), () => step(1)), button("last frame", icon("last"), () => to(film.length - 1))),
        scrub, clock),
      element("div", { class: "row" }, group("direction", ...ways.map(([, made]) => made)), group("speed", ...speeds)));
    if (marked) {
      player.append(element("div", { class: "note" }, element("b", {}, "▬"), ` the ${film.seen} frames that the encoder saw`));
    }
    film.notes.forEach(note => player.append(element("div", { class: "note" }, note)));
    player.style.width = `${film.width * side + (film.width - 1) * 14 + 14}px`;

    const keys = {
      " ": toggle, ArrowLeft: () => step(-1), ArrowRight: () => step(1), ArrowUp: () => hasten(1), ArrowDown: () => hasten(-1),
      Home: () => to(0), End: () => to(film.length - 1), r: () => turn(-direction),
    };
    player.addEventListener("keydown", event => {
      const onButton = event.key === " " && event.target.tagName === "BUTTON"; // presses that button
      if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) {
        return;
      }
      event.stopPropagation(); // a notebook has shortcuts of its own
      if (!onButton) {
        event.preventDefault();
        keys[event.key]();
      }
    });

    host.attachShadow({ mode: "open" }).append(element("style", {}, css), player);
    draw();
  };

  document.querySelectorAll(".hgn-player").forEach(host => {
    if (!host.shadowRoot) {
      start(host);
    }
  });
})
