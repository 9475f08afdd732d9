const letters = { fontFamily: '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif', fontSize: 12 };

// The page's colours as the theme has them now (app.css).
const colorOf = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export async function create(element) {
  const { echarts } = await import(new URL('../dist/charts.js', import.meta.url).href);
  return new Chart(echarts.init(element, null, { renderer: 'svg' }), element);
}

class Chart {
  constructor(chart, element) {
    this.chart = chart;
    this.sizes = new ResizeObserver(() => chart.resize());
    this.sizes.observe(element);
    this.themes = new MutationObserver(() => this.drawn && this.draw(this.drawn));
    this.themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  }

  draw(curve) {
    this.drawn = curve;
    const { points, from, to, digits, unit, language, zone, limits } = curve;
    const font = { ...letters, color: colorOf('--ink-soft') }, pale = colorOf('--line'), fault = colorOf('--fault');
    const number = value => value == null ? '' : `${Number(value).toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`.trim();
    // The city's time, wherever the browser is.
    const clock = new Intl.DateTimeFormat(language, { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false });
    const day = new Intl.DateTimeFormat(language, { timeZone: zone, month: 'numeric', day: 'numeric' });
    const moment = time => `${day.format(time)} ${clock.format(time)}`;
    // A threshold far from all values would press the line flat.
    const values = points.map(point => point[1]).filter(value => value != null);
    const least = Math.min(...values), most = Math.max(...values), room = Math.max(most - least, Math.abs(most) / 2, 1);
    const near = limits.filter(({ value }) => value >= least - room && value <= most + room);
    this.chart.setOption({
      animation: false,
      grid: { left: 48, right: 12, top: 10, bottom: 24 },
      xAxis: { type: 'time', min: from, max: to, splitNumber: 4, axisLine: { lineStyle: { color: pale } }, axisTick: { show: false },
        axisLabel: { ...font, hideOverlap: true, formatter: time => to - from > 172800000 ? day.format(time) : clock.format(time) } },
      yAxis: { type: 'value', scale: true, splitNumber: 3, splitLine: { lineStyle: { color: pale } }, axisLabel: { ...font, formatter: value => Number(value).toLocaleString(language) },
        min: ({ min }) => Math.min(min, ...near.map(({ value }) => value)), max: ({ max }) => Math.max(max, ...near.map(({ value }) => value)) },
      tooltip: { trigger: 'axis', textStyle: font, backgroundColor: colorOf('--paper'), borderColor: pale, confine: true,
        formatter: ([point]) => point ? `${moment(point.value[0])}<br>${number(point.value[1])}` : '' },
      series: [{ type: 'line', data: points, showSymbol: values.length < 2, symbolSize: 6, lineStyle: { width: 1.6, color: colorOf('--bar') }, itemStyle: { color: colorOf('--bar') },
        markLine: { silent: true, symbol: 'none', animation: false, lineStyle: { color: fault, type: 'dashed' },
          label: { ...letters, color: fault, position: 'insideStartTop', formatter: ({ data }) => data.name }, data: near.map(({ value, title }) => ({ yAxis: value, name: title })) } }],
    }, true);
    this.chart.resize();
  }

  dispose() {
    this.sizes.disconnect();
    this.themes.disconnect();
    this.chart.dispose();
  }
}
