const blue = '#2563a8', ink = '#37474f', pale = '#e6ebee';
const font = { fontFamily: '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif', fontSize: 12, color: ink };

export async function create(element) {
  const { echarts } = await import(new URL('/dist/charts.js', document.baseURI).href);
  return new Chart(echarts.init(element, null, { renderer: 'svg' }), element);
}

class Chart {
  constructor(chart, element) {
    this.chart = chart;
    this.sizes = new ResizeObserver(() => chart.resize());
    this.sizes.observe(element);
  }

  draw(names, counts, isUpright, language) {
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
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: number, textStyle: font, confine: true },
      series: [{ type: 'bar', data: counts, itemStyle: { color: blue, borderRadius: isUpright ? [2, 2, 0, 0] : [0, 2, 2, 0] }, barMaxWidth: 14,
        label: { show: !isUpright, position: 'right', formatter: ({ value }) => number(value), ...font } }],
    }, true);
    this.chart.resize();
  }

  dispose() {
    this.sizes.disconnect();
    this.chart.dispose();
  }
}
