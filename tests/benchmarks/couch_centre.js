// The centre of the other way: express-pouchdb, its databases in the folder it is given. Prints its address.
'use strict';
const PouchDB = require('pouchdb');
const folder = process.argv[2];
const app = require('express')();
const settings = { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: `${folder}/log.txt` };
app.use('/', require('express-pouchdb')(PouchDB.defaults({ prefix: `${folder}/` }), settings));
const server = app.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
