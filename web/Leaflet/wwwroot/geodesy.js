// Lengths and areas on the ellipsoid of CGCS2000. Places are [longitude, latitude] in degrees. The same arithmetic as Geodesic.cs and EllipsoidArea.cs, so that
// what the map says while one draws is what a question finds.

const a = 6378137, f = 1 / 298.257222101, b = a * (1 - f), radians = Math.PI / 180;
const e2 = f * (2 - f), e = Math.sqrt(e2);
const longestStepMeters = 1000;

const reduced = latitude => Math.atan((1 - f) * Math.tan(latitude * radians));

// Coefficients of Vincenty's series (Survey Review 23/176, 1975, equations 3 and 4).
function series(cosAlpha2) {
  const u2 = cosAlpha2 * (a * a - b * b) / (b * b);
  return [1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2))), u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)))];
}

function lessSigma(B, sinSigma, cosSigma, cosMiddle) {
  const middle2 = cosMiddle * cosMiddle;
  return B * sinSigma * (cosMiddle + B / 4 * (cosSigma * (2 * middle2 - 1) - B / 6 * cosMiddle * (4 * sinSigma * sinSigma - 3) * (4 * middle2 - 3)));
}

// Vincenty's inverse solution: metres, and the azimuth at the start in radians. Places nearly opposite each other on the earth are no case of a city's map.
export function inverse([longitude, latitude], [longitude2, latitude2]) {
  const [sin1, cos1, sin2, cos2] = [latitude, latitude2].flatMap(one => [Math.sin(reduced(one)), Math.cos(reduced(one))]);
  const apart = (((longitude2 - longitude + 180) % 360 + 360) % 360 - 180) * radians;
  let lambda = apart;
  for (let round = 0; round < 100; round++) {
    const [sinLambda, cosLambda] = [Math.sin(lambda), Math.cos(lambda)];
    const [east, north] = [cos2 * sinLambda, cos1 * sin2 - sin1 * cos2 * cosLambda];
    const sinSigma = Math.hypot(east, north), cosSigma = sin1 * sin2 + cos1 * cos2 * cosLambda;
    if (sinSigma === 0)
      return { meters: 0, azimuth: 0 };
    const sigma = Math.atan2(sinSigma, cosSigma), sinAlpha = cos1 * cos2 * sinLambda / sinSigma, cosAlpha2 = 1 - sinAlpha * sinAlpha;
    const cosMiddle = cosAlpha2 === 0 ? 0 : cosSigma - 2 * sin1 * sin2 / cosAlpha2;
    const c = f / 16 * cosAlpha2 * (4 + f * (4 - 3 * cosAlpha2));
    const before = lambda;
    lambda = apart + (1 - c) * f * sinAlpha * (sigma + c * sinSigma * (cosMiddle + c * cosSigma * (2 * cosMiddle * cosMiddle - 1)));
    if (Math.abs(lambda - before) < 1e-13) {
      const [A, B] = series(cosAlpha2);
      return { meters: b * A * (sigma - lessSigma(B, sinSigma, cosSigma, cosMiddle)), azimuth: Math.atan2(east, north) };
    }
  }
  return { meters: Infinity, azimuth: 0 };
}

// Vincenty's direct solution: the place so many metres away under an azimuth in radians.
export function direct([longitude, latitude], azimuth, meters) {
  const u1 = reduced(latitude), [sin1, cos1] = [Math.sin(u1), Math.cos(u1)], [sinA, cosA] = [Math.sin(azimuth), Math.cos(azimuth)];
  const sigma1 = Math.atan2(Math.tan(u1), cosA), sinAlpha = cos1 * sinA, cosAlpha2 = 1 - sinAlpha * sinAlpha;
  const [A, B] = series(cosAlpha2);
  let sigma = meters / (b * A), cosMiddle = 0;
  for (let round = 0; round < 50; round++) {
    cosMiddle = Math.cos(2 * sigma1 + sigma);
    const next = meters / (b * A) + lessSigma(B, Math.sin(sigma), Math.cos(sigma), cosMiddle);
    const isDone = Math.abs(next - sigma) < 1e-13;
    sigma = next;
    if (isDone)
      break;
  }
  const [sinSigma, cosSigma] = [Math.sin(sigma), Math.cos(sigma)];
  const down = sin1 * sinSigma - cos1 * cosSigma * cosA;
  const c = f / 16 * cosAlpha2 * (4 + f * (4 - 3 * cosAlpha2));
  const lambda = Math.atan2(sinSigma * sinA, cos1 * cosSigma - sin1 * sinSigma * cosA);
  const east = lambda - (1 - c) * f * sinAlpha * (sigma + c * sinSigma * (cosMiddle + c * cosSigma * (2 * cosMiddle * cosMiddle - 1)));
  return [longitude + east / radians, Math.atan2(sin1 * cosSigma + cos1 * sinSigma * cosA, (1 - f) * Math.hypot(sinAlpha, down)) / radians];
}

export const metersAlong = places => places.slice(1).reduce((sum, place, at) => sum + inverse(places[at], place).meters, 0);

export const ringAround = (center, meters, corners = 96) => Array.from({ length: corners }, (_, at) => direct(center, 2 * Math.PI * at / corners, meters));

// Edges are geodesics: longer ones are cut into steps along them, each of which may be taken as straight in degrees.
export function squareMeters(places) {
  const ring = places.flatMap((place, at) => stepsTo(place, places[(at + 1) % places.length]));
  const origin = strip(ring[0][1]);
  const sum = ring.reduce((total, [longitude, latitude], at) => {
    const [longitude2, latitude2] = ring[(at + 1) % ring.length];
    const mean = (strip(latitude) + 4 * strip((latitude + latitude2) / 2) + strip(latitude2)) / 6 - origin;
    return total + (longitude2 - longitude) * radians * mean;
  }, 0);
  return Math.abs(sum);
}

function stepsTo(place, next) {
  const { meters, azimuth } = inverse(place, next);
  const steps = Math.min(500, Math.max(1, Math.ceil(meters / longestStepMeters)));
  return [place, ...Array.from({ length: steps - 1 }, (_, at) => direct(place, azimuth, meters * (at + 1) / steps))];
}

// Area between the equator and a latitude, per radian of longitude.
function strip(latitude) {
  const sin = Math.sin(latitude * radians);
  return b * b / 2 * (sin / (1 - e2 * sin * sin) + Math.atanh(e * sin) / e);
}
