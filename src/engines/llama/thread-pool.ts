/**
 * Attaches a persistent thread pool to a context. The library's binaries come without OpenMP and it attaches no pool, so llama.cpp
 * starts and joins threads for every token. llama.cpp's own programs attach a pool, as is done here through the shared libraries
 * that this process has loaded. Linux only; elsewhere, and where a check fails, the context is left as it is: slower, with the
 * same output. It knows nothing of answers.
 *
 * @see https://github.com/ggml-org/llama.cpp/blob/master/include/llama.h (llama_attach_threadpool)
 */
import { CFunction, cc, dlopen, FFIType, type Pointer, ptr, read } from "bun:ffi";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LlamaContext } from "node-llama-cpp";
import type { Log } from "../../log.ts";

/** What a context was made with: the memory that is taken for one must say the same. */
interface ContextSizes {
  readonly sequences: number;
  readonly batchSize: number;
  readonly threads: number;
}

/** Where the library's addon (3.22) keeps what llama.cpp made the context with, and the context itself; in bytes. */
const places = { tokens: 40, batch: 44, microBatch: 48, sequences: 52, threads: 68, context: 200 } as const;

/** GGML_BACKEND_DEVICE_TYPE_CPU */
const processor = 0;
/** More than ggml_threadpool_params takes, which has a byte for each of at most 512 threads. */
const paramsBytes = 4096;

/**
 * @param context nothing is computed in it yet
 * @returns what ends the threads, once the context is gone; null: the context has none of its own
 */
export async function attachThreadPool(
  context: LlamaContext,
  sizes: ContextSizes,
  log: Log,
): Promise<Disposable | null> {
  // One thread is the one that asks.
  if (process.platform !== "linux" || sizes.threads === 1) return null;
  try {
    const libraries = await openLibraries();
    const address = addressOf(context, sizes, libraries);
    const pool = newPool(sizes.threads, libraries);
    libraries.llama.llama_attach_threadpool(address, pool.address, null);
    return pool;
  } catch (error) {
    log.warn("threads-not-kept", { error });
    return null;
  }
}

type Libraries = Awaited<ReturnType<typeof openLibraries>>;

/** The files that this process has loaded: opened again, they are the same. */
async function openLibraries() {
  const maps = await readFile("/proc/self/maps", "utf8");
  const fileOf = (name: RegExp): string => {
    const path = maps.match(new RegExp(`/.*/${name.source}$`, "m"))?.[0];
    if (path === undefined) throw new Error(`${name.source} is not loaded.`);
    return path;
  };
  return {
    llama: dlopen(fileOf(/libllama\.[^/]*so[^/]*/), {
      llama_n_ctx: { args: [FFIType.ptr], returns: FFIType.u32 },
      llama_n_batch: { args: [FFIType.ptr], returns: FFIType.u32 },
      llama_n_seq_max: { args: [FFIType.ptr], returns: FFIType.u32 },
      llama_attach_threadpool: { args: [FFIType.ptr, FFIType.ptr, FFIType.ptr], returns: FFIType.void },
    }).symbols,
    registry: dlopen(fileOf(/libggml\.[^/]*so[^/]*/), {
      ggml_backend_dev_by_type: { args: [FFIType.i32], returns: FFIType.ptr },
    }).symbols,
    base: dlopen(fileOf(/libggml-base\.[^/]*so[^/]*/), {
      ggml_backend_dev_backend_reg: { args: [FFIType.ptr], returns: FFIType.ptr },
      ggml_backend_reg_get_proc_address: { args: [FFIType.ptr, FFIType.cstring], returns: FFIType.ptr },
      ggml_threadpool_params_init: { args: [FFIType.ptr, FFIType.i32], returns: FFIType.void },
    }).symbols,
    // Only what is compiled may take a value of JavaScript.
    addon: cc({
      source: join(import.meta.dir, "native-object.c"),
      symbols: {
        native_object: { args: [FFIType.napi_env, FFIType.napi_value], returns: FFIType.ptr },
      },
    }).symbols,
  };
}

/**
 * llama.cpp's context behind the library's.
 * @throws Error when what lies there does not say what the context was made with
 */
function addressOf(context: LlamaContext, sizes: ContextSizes, { llama, addon }: Libraries): Pointer {
  const object = addon.native_object(null, Reflect.get(context, "_ctx"));
  if (object === null) throw new Error("The library's context is no native object.");
  const tokens = read.u32(object, places.tokens);
  const isAsMade =
    tokens >= context.contextSize * sizes.sequences &&
    read.u32(object, places.batch) === sizes.batchSize &&
    read.u32(object, places.microBatch) === sizes.batchSize &&
    read.u32(object, places.sequences) === sizes.sequences &&
    read.i32(object, places.threads) === sizes.threads;
  if (!isAsMade) throw new Error("The library keeps its contexts otherwise now.");
  const address = read.ptr(object, places.context) as Pointer;
  const isContext =
    llama.llama_n_ctx(address) >= tokens &&
    llama.llama_n_batch(address) === sizes.batchSize &&
    llama.llama_n_seq_max(address) === sizes.sequences;
  if (!isContext) throw new Error("The library's context is not the one that it was made with.");
  return address;
}

interface ThreadPool extends Disposable {
  readonly address: Pointer;
}

/** With llama.cpp's own settings: a thread looks for work for about a tenth of a second, then sleeps. */
function newPool(threads: number, { registry, base }: Libraries): ThreadPool {
  const backend = base.ggml_backend_dev_backend_reg(registry.ggml_backend_dev_by_type(processor));
  const functionNamed = (name: string): Pointer => {
    const found = base.ggml_backend_reg_get_proc_address(backend, cString(name));
    if (!isPointer(found)) throw new Error(`${name} is not there.`);
    return found;
  };
  const create = CFunction({
    ptr: functionNamed("ggml_threadpool_new"),
    args: [FFIType.ptr],
    returns: FFIType.ptr,
  });
  const free = CFunction({
    ptr: functionNamed("ggml_threadpool_free"),
    args: [FFIType.ptr],
    returns: FFIType.void,
  });
  const params = Buffer.alloc(paramsBytes);
  base.ggml_threadpool_params_init(ptr(params), threads);
  const address: unknown = create(ptr(params));
  if (!isPointer(address)) throw new Error("No thread could be started.");
  return { address, [Symbol.dispose]: () => free(address) };
}

/** bun:ffi's type says that a large address may be another number: none is that large. */
const isPointer = (value: unknown): value is Pointer => typeof value === "number" && value !== 0;

const cString = (text: string): Buffer => Buffer.from(`${text}\0`);
