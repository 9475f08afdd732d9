// Signs: a point's disc with a white sign on it, from the zoom where discs are large enough to hold one.

const from = 16, imagePixels = 50, coinPixels = 25, signPixels = 16, radius = 11, ringPixels = 1.4;

export const hasIcons = ({ icon, iconsByClass }) => Boolean(icon) || Object.keys(iconsByClass ?? {}).length > 0;

// Where points stand close, some bear their sign and the others are dots of their colour beneath: signs that overlapped could not be told apart.
export const dotRadii = [from, 4.5, 18, 6];

// A label keeps this far from its point, in its own heights, so that it does not take the place of its sign.
export const labelOffset = 1.6;

// A class goes before its major, what is not named bears the layer's own sign.
export function iconLayer(id, { icon, iconsByClass = {}, opacity }, of, filter, color, { ring }) {
  const signs = Object.entries(iconsByClass).flatMap(([name, codes]) => codes.map(code => [code, name]));
  const match = (input, pairs, otherwise) => pairs.length ? ['match', input, ...pairs.flat(), otherwise] : otherwise;
  const code = ['to-string', ['get', 'class_code']];
  const isMajor = ([one]) => one.length === 2;
  const name = match(code, signs.filter(sign => !isMajor(sign)), match(['slice', code, 0, 2], signs.filter(isMajor), icon ?? 'other'));
  return {
    id: `${id}-icon`, type: 'symbol', ...of, minzoom: from, filter,
    layout: { 'icon-image': ['concat', 'icon-', name, '|', color, '|', ring], 'icon-size': ['interpolate', ['linear'], ['zoom'], from, 0.8, 18, 1], 'icon-padding': 0 },
    paint: { 'icon-opacity': opacity },
  };
}

// The image is made of the host's file when the first tile wants it; nothing for an id that is no sign.
export async function addIcon(gl, id, url) {
  const [, name, color, ring] = /^icon-([a-z0-9-]+)\|([^|]+)\|([^|]+)$/.exec(id) ?? [];
  if (!name)
    return;
  const picture = new Image(imagePixels, imagePixels);
  picture.src = url.replace('{name}', name);
  await picture.decode();
  const pen = new OffscreenCanvas(imagePixels, imagePixels).getContext('2d');
  pen.scale(imagePixels / coinPixels, imagePixels / coinPixels);
  pen.arc(coinPixels / 2, coinPixels / 2, radius, 0, 2 * Math.PI);
  Object.assign(pen, { fillStyle: color, strokeStyle: ring, lineWidth: 2 * ringPixels });
  pen.stroke();
  pen.fill();
  pen.drawImage(picture, (coinPixels - signPixels) / 2, (coinPixels - signPixels) / 2, signPixels, signPixels);
  if (!gl.hasImage(id))
    gl.addImage(id, pen.getImageData(0, 0, imagePixels, imagePixels), { pixelRatio: imagePixels / coinPixels });
}
