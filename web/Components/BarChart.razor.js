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
    this.themes = new MutationObserver(() => this.drawn && this.draw(...this.drawn));
    this.themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  }

  draw(names, counts, isUpright, language) {
    this.drawn = [names, counts, isUpright, language];
    const font = { ...letters, color: colorOf('--ink-soft') }, pale = colorOf('--line');
    const number = value => Number(value).toLocaleString(language);
    const short = value => new Intl.NumberFormat(language, { notation: 'compact' }).format(value);
    const category = { type: 'category', data: names, axisTick: { show: false }, axisLine: { lineStyle: { color: pale } },
      axisLabel: { ...font, ...(isUpright ? { hideOverlap: true } : { width: 116, overflow: 'truncate' }) } };
    const value = { type: 'value', splitLine: { lineStyle: { color: pale } }, axisLabel: { ...font, show: isUpright, formatter: short }, splitNumber: 3 };
    this.chart.setOption({
      animation: false,
      grid: isUpright ? { left: 44, right: 4, top: 8, bottom: 22 } : { left: 132, right: 64, top: 0, bottom: 0 },
      xAxis: isUpright ? category : { ...value, show: false },
      yAxis: isUpright ? value : { ...category, inverse: true, axisLine: { show: false } },
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: number, textStyle: font, backgroundColor: colorOf('--paper'), borderColor: pale, confine: true },
      series: [{ type: 'bar', data: counts, itemStyle: { color: colorOf('--bar'), borderRadius: isUpright ? [2, 2, 0, 0] : [0, 2, 2, 0] }, barMaxWidth: 14,
        label: { show: !isUpright, position: 'right', formatter: ({ value }) => number(value), ...font } }],
    }, true);
    this.chart.resize();
  }

  dispose() {
    this.sizes.disconnect();
    this.themes.disconnect();
    this.chart.dispose();
  }
}
