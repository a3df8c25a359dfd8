// The device of the other way: PouchDB with its own store, replicating to a centre. One line of JSON in, one out.
// In: {store, remote, responses, meanwhile, between_ms}, each response {_id, ...}. Out: {seconds, saves_ms, kept}.
'use strict';
const PouchDB = require('pouchdb');
const MOST_ROUNDS = 1000;

async function untilDone(store, remote) {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    try {
      return await store.replicate.to(remote);
    } catch (lost) { // a reply did not come: again, as the courier does when somebody asks for it
    }
  }
  throw new Error('Not everything was taken in.');
}

async function patients(store, told, done, took) {
  for (const response of told.meanwhile) {
    if (done.now && took.length) break;
    const start = performance.now();
    await store.put(response);
    took.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, told.between_ms));
  }
}

async function main(told) {
  const store = new PouchDB(told.store);
  for (const response of told.responses) await store.put(response);
  const done = { now: false };
  const took = [];
  const saving = patients(store, told, done, took);
  const start = performance.now();
  await untilDone(store, told.remote);
  const seconds = (performance.now() - start) / 1000;
  done.now = true;
  await saving;
  if (took.length) await untilDone(store, told.remote);
  await store.close();
  console.log(JSON.stringify({ seconds, saves_ms: took }));
}

let line = '';
process.stdin.on('data', (part) => { line += part; });
process.stdin.on('end', () => main(JSON.parse(line)));
