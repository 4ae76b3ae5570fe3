"use strict";
// Draws every .wp-chart from the JSON option beside it. Options hold no functions: a formatter is a
// name such as "@pct" ("@pct:2" gives two decimals) and becomes a function here.
(function () {
  const COLOURS = ["#1f5fbf", "#12305c", "#5b8fd9", "#7a8ca3", "#b7791f", "#2e7d32", "#8e5ea2", "#c62828"];
  const INK = "#1c2733", MUTED = "#5f6b7a", LINE = "#dfe4ea";
  const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';
  let library = null;

  function fixed(value, decimals) {
    const number = Array.isArray(value) ? value[value.length - 1] : value;
    if (number === null || number === undefined || number === "" || number === "-" || Number.isNaN(Number(number))) return "—";
    return Number(number).toLocaleString("zh-CN", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).replace("-", "−");
  }
  function months(value) {
    const parts = String(value).split("-");
    return parts.length === 2 && /^\d+$/.test(parts[1]) ? Number(parts[1]) + "月" : String(value);
  }
  function withUnit(unit) {
    return function (value, decimals) { const text = fixed(value, decimals); return text === "—" ? text : text + unit; };
  }
  const VALUES = { pct: withUnit("%"), points: withUnit("个百分点"), yi: withUnit("亿元"), wan: withUnit("万元"), num: fixed, month: months };

  // A named formatter takes a bare value (axes, tooltip's valueFormatter) or a series' parameters (labels).
  function formatter(name) {
    const parts = name.slice(1).split(":");
    const format = VALUES[parts[0]];
    if (!format) return undefined;
    const decimals = parts[1] === undefined ? (parts[0] === "num" ? 0 : 1) : Number(parts[1]);
    return function (input) {
      const value = input !== null && typeof input === "object" && !Array.isArray(input) ? input.value : input;
      return format(value, decimals);
    };
  }
  function revive(value) {
    if (Array.isArray(value)) { value.forEach(function (item, i) { value[i] = revive(item); }); return value; }
    if (value && typeof value === "object") { Object.keys(value).forEach(function (key) { value[key] = revive(value[key]); }); return value; }
    return typeof value === "string" && /^@[a-z]+(:\d)?$/.test(value) ? formatter(value) : value;
  }

  const AXIS = {
    axisLine: { lineStyle: { color: "#b9c4d0" } }, axisTick: { lineStyle: { color: "#b9c4d0" } },
    axisLabel: { color: MUTED, fontSize: 12 }, splitLine: { lineStyle: { color: "#edf0f4" } },
    nameTextStyle: { color: MUTED, fontSize: 12 },
  };
  const THEME = {
    color: COLOURS, textStyle: { fontFamily: FONT, color: INK }, title: { textStyle: { color: INK, fontSize: 14, fontWeight: 600 } },
    categoryAxis: Object.assign({}, AXIS, { splitLine: { show: false } }), valueAxis: Object.assign({}, AXIS, { axisLine: { show: false } }), timeAxis: AXIS,
    legend: { textStyle: { color: MUTED, fontSize: 12 }, itemWidth: 16, itemHeight: 8 },
    tooltip: { backgroundColor: "rgba(255,255,255,.97)", borderColor: LINE, textStyle: { color: INK, fontSize: 12.5, fontFamily: FONT }, axisPointer: { lineStyle: { color: "#9fb1c8" } } },
    line: { symbolSize: 5, lineStyle: { width: 2 } },
  };

  function withDefaults(option, element) {
    const title = element.getAttribute("aria-label") || "图表";
    if (option.toolbox === undefined) {
      option.toolbox = { right: 4, top: 0, itemSize: 13, feature: { saveAsImage: { title: document.body.dataset.wpSave || "保存为图片", name: title, pixelRatio: 2, backgroundColor: "#fff" } } };
    }
    if (option.tooltip === undefined) option.tooltip = { trigger: "axis" };
    option.tooltip.confine = true;
    if (option.grid === undefined && (option.xAxis || option.yAxis)) option.grid = { left: 8, right: 16, top: 40, bottom: 8, containLabel: true };
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches || element.hasAttribute("data-still")) option.animation = false;
    else if (option.animationDuration === undefined) option.animationDuration = 300;
    return option;
  }

  function draw(element) {
    const source = document.getElementById(element.dataset.option);
    if (!source || element.dataset.drawn) return;
    element.dataset.drawn = "1";
    element.style.height = (element.dataset.height || 320) + "px";
    const locale = document.documentElement.lang.startsWith("zh") ? "ZH" : "EN";
    const chart = echarts.init(element, "wenpan", { renderer: "svg", locale: locale });
    chart.setOption(withDefaults(revive(JSON.parse(source.textContent)), element));
    new ResizeObserver(function () { chart.resize(); }).observe(element);
  }

  function load() {
    if (window.echarts) return Promise.resolve();
    library = library || new Promise(function (done, failed) {
      const script = document.createElement("script");
      script.src = document.body.dataset.wpEcharts;
      script.onload = function () { echarts.registerTheme("wenpan", THEME); done(); };
      script.onerror = failed;
      document.head.append(script);
    });
    return library;
  }
  function drawAll(root) {
    const places = root.querySelectorAll(".wp-chart:not([data-drawn])");
    if (places.length) load().then(function () { places.forEach(draw); });
  }
  function forget(root) {
    if (!window.echarts || !root.querySelectorAll) return;
    root.querySelectorAll(".wp-chart[data-drawn]").forEach(function (element) { const chart = echarts.getInstanceByDom(element); if (chart) chart.dispose(); });
  }
  function resizeAll() {
    if (window.echarts) document.querySelectorAll(".wp-chart[data-drawn]").forEach(function (element) { echarts.getInstanceByDom(element)?.resize(); });
  }

  document.addEventListener("DOMContentLoaded", function () { drawAll(document); });
  document.addEventListener("htmx:load", function (event) { drawAll(event.detail.elt.parentElement || document); });
  document.addEventListener("htmx:beforeCleanupElement", function (event) { forget(event.detail.elt); });
  document.addEventListener("shown.bs.tab", resizeAll);
  window.addEventListener("beforeprint", resizeAll);
  window.addEventListener("afterprint", resizeAll);
})();
