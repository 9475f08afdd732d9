// Colours of the map's own parts, by day and by night; those of the layers come from their definitions.

export const looks = {
  light: {
    sea: '#dce6ec', land: '#f7f6f2', landEdge: '#c3ced6', road: null, casing: '#cdd5da', roadLabel: '#5c6a75', accent: '#0b4f8a', ring: '#ffffff', outside: '#eef2f4',
    text: '#1d2b36', halo: 'rgba(255,255,255,0.93)', mark: '#e8590c', shade: color => mixed(color, '#000000', 0.38),
  },
  dark: {
    sea: '#101b24', land: '#1b2630', landEdge: '#3a4a57', road: '#3d4c59', casing: '#25323d', roadLabel: '#a5b3be', accent: '#86bdf0', ring: '#17222c', outside: '#0b141b',
    text: '#e4ebf0', halo: 'rgba(16,27,36,0.93)', mark: '#ff9650', shade: color => mixed(color, '#ffffff', 0.5),
  },
};

// The look that the page has now; theme.js of the host sets it.
export const currentLook = () => looks[document.documentElement.dataset.theme] ?? looks.light;

function mixed(color, other, share) {
  const part = at => Math.round(parseInt(color.slice(at, at + 2), 16) * (1 - share) + parseInt(other.slice(at, at + 2), 16) * share);
  return `rgb(${part(1)},${part(3)},${part(5)})`;
}

const opacities = { fill: ['fill-opacity'], line: ['line-opacity'], circle: ['circle-opacity', 'circle-stroke-opacity'], symbol: ['text-opacity', 'icon-opacity'] };

// A style layer made fainter. What depends on the zoom is so at the top of its expression, so its outputs are multiplied one by one.
export function faded(layer, by) {
  if (by === 1)
    return layer;
  const times = value => typeof value === 'number' ? value * by : value[0] === 'interpolate' ? value.map((part, at) => at >= 4 && at % 2 === 0 ? times(part) : part) : ['*', value, by];
  return { ...layer, paint: { ...layer.paint, ...Object.fromEntries(opacities[layer.type].map(name => [name, times(layer.paint[name] ?? 1)])) } };
}
