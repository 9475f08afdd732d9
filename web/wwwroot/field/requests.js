import { text } from './texts.js';

// Requests as the phone makes them: what comes of one is told as an object, nothing is thrown.
//   { is: 'done', answer }                     the server has it
//   { is: 'refused', code, sentence }          the server will never take it as it is
//   { is: 'later', seconds }                   no network, no answer, or too busy: nobody knows whether it came, and sending it again does no harm
//   { is: 'signed-out' }

const patienceMilliseconds = 60_000, usualSeconds = 15;

export async function ask(url, options = {}, isAnswer = answer => answer !== null, patience = patienceMilliseconds) {
  let response;
  try {
    response = await fetch(url, { ...options, headers: { accept: 'application/json', ...options.headers }, signal: AbortSignal.timeout(patience), cache: 'no-store' });
    return await judged(response, isAnswer);
  } catch {
    // Broken off on the way, or not answered in time.
    return { is: 'later', seconds: usualSeconds };
  }
}

export const json = body => ({ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

async function judged(response, isAnswer) {
  if (response.status === 204)
    return { is: 'done', answer: null };
  if (response.status === 401)
    return { is: 'signed-out' };
  if ([408, 425, 429].includes(response.status) || response.status >= 500)
    return { is: 'later', seconds: Number(response.headers.get('retry-after')) || usualSeconds };
  const answer = /json/.test(response.headers.get('content-type') ?? '') ? await response.json() : null;
  if (response.ok)
    // A hotel's page in between answers everything with 200.
    return isAnswer(answer) ? { is: 'done', answer } : { is: 'later', seconds: usualSeconds };
  return { is: 'refused', code: answer?.type?.split(':').at(-1) ?? String(response.status), sentence: answer?.detail ?? text('RefusedWithout', response.status) };
}
