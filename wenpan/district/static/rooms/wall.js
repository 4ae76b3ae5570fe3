// 大屏: scenes turn by themselves or by the arrow keys; the clock goes by the server's time in Asia/Shanghai.
const stage = document.getElementById("wall");
const PAUSE = 300000; // after a key the wall stands for five minutes
let scene = stage.dataset.scene;
let still = 0;

function show(code) {
  scene = code;
  for (const part of stage.querySelectorAll("[data-wl-scene]")) part.hidden = part.dataset.wlScene !== code;
  for (const link of stage.querySelectorAll("[data-wl-to]")) {
    if (link.dataset.wlTo === code) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
  }
}

function turn(by) {
  const order = [...stage.querySelectorAll("[data-wl-scene]")].map((part) => part.dataset.wlScene);
  show(order[(order.indexOf(scene) + by + order.length) % order.length]);
}

let apart = 0;
function read() {
  const clock = stage.querySelector("[data-wl-clock]");
  if (clock) apart = Date.parse(clock.getAttribute("datetime")) - Date.now();
}
const hours = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hour12: false });
setInterval(() => {
  const clock = stage.querySelector("[data-wl-clock] b");
  if (clock) clock.textContent = hours.format(new Date(Date.now() + apart));
}, 1000);
setInterval(() => { if (Date.now() > still) turn(1); }, Number(stage.dataset.turn) * 1000);
document.addEventListener("keydown", (event) => {
  const by = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 }[event.key];
  if (!by || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  still = Date.now() + PAUSE;
  turn(by);
});
stage.addEventListener("click", (event) => {
  const link = event.target.closest("[data-wl-to]");
  if (!link) return;
  event.preventDefault();
  still = Date.now() + PAUSE;
  show(link.dataset.wlTo);
});
document.addEventListener("htmx:afterSwap", () => { read(); show(scene); });
read();
