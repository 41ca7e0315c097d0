// node print_typst.mjs NODE_MODULES BOOK.typ FONTS OUT.pdf - Typst's compiler as its npm package has it, once.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
const [, , modules, book, fonts, out] = process.argv
const { NodeCompiler } = createRequire(path.join(path.resolve(modules), 'x.js'))('@myriaddreamin/typst-ts-node-compiler')
const compiler = NodeCompiler.create({ workspace: path.dirname(book), fontArgs: [{ fontPaths: [fonts] }] })
fs.writeFileSync(out, compiler.pdf({ mainFileContent: fs.readFileSync(book, 'utf8') }))
