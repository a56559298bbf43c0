// ONNX Runtime's side of the comparison: one line of JSON in, one line out, as torch_peer.py says.
//
// prepare: path, onnxPath, threads, input -> "ready". The file begins with the input and ends with room for the output, float32.
// run: calls -> seconds that they took.   result: calls once and writes the output to the end of the file -> "done".
"use strict";

const fs = require("fs");
const readline = require("readline");

let ort;
try {
  ort = require("onnxruntime-node");
} catch {
  process.exit(3);
}

let session = null;
let feeds = null;
let path = null;

async function prepare(request) {
  if (session) await session.release();
  session = null;
  path = request.path;
  session = await ort.InferenceSession.create(request.onnxPath, {
    executionProviders: ["cpu"],
    intraOpNumThreads: request.threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
  });
  const length = request.input.reduce((product, size) => product * size, 1);
  const values = new Float32Array(length);
  const file = fs.openSync(path, "r");
  fs.readSync(file, new Uint8Array(values.buffer), 0, length * 4, 0);
  fs.closeSync(file);
  feeds = { [session.inputNames[0]]: new ort.Tensor("float32", values, request.input) };
  return "ready";
}

async function run(calls) {
  const start = process.hrtime.bigint();
  for (let call = 0; call < calls; call++) await session.run(feeds);
  return String(Number(process.hrtime.bigint() - start) / 1e9);
}

async function result() {
  const outputs = await session.run(feeds);
  const data = outputs[session.outputNames[0]].data;
  const file = fs.openSync(path, "r+");
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  fs.writeSync(file, bytes, 0, bytes.length, fs.fstatSync(file).size - bytes.length);
  fs.closeSync(file);
  return "done";
}

async function main() {
  console.log("onnxruntime-node " + require("onnxruntime-node/package.json").version + ", node " + process.version);
  for await (const line of readline.createInterface({ input: process.stdin })) {
    try {
      const request = JSON.parse(line);
      const answer = request.verb === "prepare" ? prepare(request) : request.verb === "run" ? run(request.calls) : result();
      console.log(await answer);
    } catch (error) {
      console.log("error " + String(error.message).split(/\s+/).join(" "));
    }
  }
}

main();
