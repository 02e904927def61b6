#!/usr/bin/env node
// Plain old JavaScript: it must be able to say so when Node is too old for everything else.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(`gauntlet needs Node 22.19 or newer; this is ${process.versions.node}`)
  console.error('  hint     install Node 24, or in a clone of gauntlet use: npm run gauntlet --')
  process.exit(2)
}
// Compiled code is kept between runs: half of the time to the first line went into compiling.
require('node:module').enableCompileCache?.()
const fs = require('node:fs')
const path = require('node:path')
const built = fs.existsSync(path.join(__dirname, 'bin.js'))
import(built ? './bin.js' : './bin.ts')
