/* The object of an addon that stands behind one of JavaScript's, by Node's interface for addons. Compiled by Bun when it is needed. */
typedef void *napi_env;
typedef void *napi_value;

extern int napi_unwrap(napi_env env, napi_value object, void **result);

/* 0: there is none. */
void *native_object(napi_env env, napi_value object) {
  void *result = 0;
  return napi_unwrap(env, object, &result) == 0 ? result : 0;
}
