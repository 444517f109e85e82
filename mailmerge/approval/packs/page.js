'use strict';
const D = JSON.parse(document.getElementById('data').textContent);
const T = D.texts;
const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
const utf8 = text => new TextEncoder().encode(text);
const by = id => document.getElementById(id);
const make = (tag, text, cls) => { const e = document.createElement(tag); if (text !== undefined) e.textContent = text; if (cls) e.className = cls; return e; };
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => name in values ? values[name] : whole);

function plainWords(typed) {
  const others = { 'œ': 'oe', 'æ': 'ae', 'ß': 'ss', 'ø': 'o', 'ł': 'l', 'đ': 'd', 'ð': 'd', 'þ': 'th', 'ı': 'i' };
  const plain = typed.toLowerCase().replace(/[œæßøłđðþı]/g, letter => others[letter]);
  const letters = plain.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return letters.replace(/[^a-z]+/g, ' ').trim();
}
function plainAnswer(typed) {
  const digits = typed.replace(/[^0-9]/g, '');
  return digits || plainWords(typed).replace(/ /g, '');
}
async function keyOf(words) {
  const material = await crypto.subtle.importKey('raw', utf8(plainWords(words)), 'PBKDF2', false, ['deriveBits']);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', salt: bytes(D.salt), iterations: D.iterations, hash: 'SHA-256' }, material, 256));
}
async function opened(raw) {
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
  const packed = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes(D.nonce), additionalData: utf8(D.purpose) }, key, bytes(D.content));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text());
}
async function hmac(raw, text) {
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(text)));
}
async function codeOf(raw, answers, root) {
  const answered = await hmac(raw, ['mailmerge-code/1', ...answers].join('\n'));
  const digest = await hmac(answered, root);
  let number = 0n;
  for (const each of digest.slice(0, 8)) number = number * 256n + BigInt(each);
  const digits = String(number % 10000000000n).padStart(10, '0');
  return digits.slice(0, 5) + ' ' + digits.slice(5);
}

let raw, C, at = 0, since = 0, spent = [];
const LEAST = 2000;
const seen = position => (spent[position] || 0) >= LEAST;

function letterItem(item) {
  const letter = C.letters[item.index], box = make('article');
  box.append(make('p', fill(T.number, { record: letter.record }) + ' · ' + item.said, 'why'));
  for (const [name, value] of [[T.to, letter.to], [T.subject, letter.subject], [T.from, letter.from]]) {
    const line = make('p', undefined, 'head'); line.append(make('b', name + ' '), document.createTextNode(value)); box.append(line);
  }
  for (const file of letter.files) box.append(make('p', '⎘ ' + file, 'head'));
  if (letter.html) {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', ''); frame.srcdoc = letter.html; frame.title = T.letter; box.append(frame);
  }
  if (letter.text) box.append(make('pre', letter.text));
  return box;
}
function findingItem(item) {
  const finding = C.findings[item.index], box = make('article');
  box.append(make('p', finding.waived ? T.waived : T.warning, 'why'), make('h3', finding.message));
  if (finding.why) box.append(make('p', fill(T.answered, { by: finding.by, why: finding.why })));
  return box;
}
function spend() { if (since && C) { spent[at] = (spent[at] || 0) + performance.now() - since; } since = 0; }
function show(position) {
  spend(); at = Math.max(0, Math.min(C.items.length - 1, position)); since = performance.now();
  const item = C.items[at], place = by('shown');
  place.replaceChildren(item.why === 'finding-itself' ? findingItem(item) : letterItem(item));
  place.dataset.at = at; state();
}
function state() {
  if (!C) return;
  if (since) { const now = performance.now(); spent[at] = (spent[at] || 0) + now - since; since = now; }
  const done = C.items.filter((_item, position) => seen(position)).length;
  by('state').textContent = fill(T.state, { at: at + 1, total: C.items.length, done: done });
  by('answers').hidden = done < C.items.length;
  by('next').classList.toggle('ready', seen(at));
}
async function answer() {
  const typed = ['count', 'first', 'second'].map(id => plainAnswer(by(id).value));
  const wrong = [];
  if (typed[0] !== String(C.count)) wrong.push(T.wrong_count);
  const given = [String(C.count)];
  C.questions.forEach((question, number) => {
    const mine = typed[number + 1];
    const fits = mine && question.answers.some(each => question.kind === 'surname' ? mine.startsWith(each) : mine === each);
    if (!fits) wrong.push(fill(T.wrong_answer, { number: number + 1 }));
    given.push(question.answers[0]);
  });
  if (wrong.length) { by('result').textContent = wrong.join(' '); by('result').dataset.state = 'wrong'; return; }
  const code = await codeOf(raw, given, C.root);
  by('result').replaceChildren(make('p', T.read_out), make('p', code, 'code'));
  by('result').dataset.state = 'code';
}
async function unlock(event) {
  if (event) event.preventDefault();
  by('problem').textContent = T.opening; by('problem').dataset.state = 'opening';
  try {
    raw = await keyOf(by('words').value);
    C = await opened(raw);
  } catch (error) {
    C = undefined; by('problem').textContent = T.wrong_words; by('problem').dataset.state = 'shut'; return;
  }
  by('problem').textContent = ''; by('problem').dataset.state = 'open';
  by('lock').hidden = true; by('review').hidden = false;
  by('title').textContent = fill(T.title, { count: C.count, run: C.run, campaign: C.campaign });
  by('sentence').textContent = C.sentence;
  C.questions.forEach((question, number) => { by('question' + (number + 1)).textContent = question.text; });
  show(0); setInterval(state, 250);
}
by('lock').addEventListener('submit', unlock);
by('next').addEventListener('click', () => { const total = C.items.length; let go = at + 1; if (go >= total) go = Math.max(0, C.items.findIndex((_i, p) => !seen(p))); show(go); });
by('back').addEventListener('click', () => show(at - 1));
by('answers').addEventListener('submit', event => { event.preventDefault(); answer(); });
document.addEventListener('keydown', event => { if (C && event.target.tagName !== 'INPUT') { if (event.key === 'ArrowRight' || event.key === 'j') by('next').click(); if (event.key === 'ArrowLeft' || event.key === 'k') by('back').click(); } });
