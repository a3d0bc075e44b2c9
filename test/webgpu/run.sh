#!/usr/bin/env bash
# The tests of engine webgpu on a driver that computes on the processor: the fast ones, which need its package alone, then kernels,
# faults and whole steps. The package, Vulkan's loader and the driver of Debian's chromium are fetched where they are missing and that
# can be done; what is missing then is said by the tests that are skipped.
set -uo pipefail
cd "$(dirname "$0")/../.."
driver=/usr/lib/chromium/vk_swiftshader_icd.json
[ -d node_modules/webgpu ] || npm install --no-save --save-dev --no-audit --no-fund webgpu@0.6.2 || echo "package webgpu could not be installed"
if [ -z "${VK_ICD_FILENAMES:-}" ]; then
  if { [ ! -f "$driver" ] || ! ldconfig -p | grep -q 'libvulkan\.so\.1'; } && [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null; then
    echo "installing libvulkan1 and chromium ..."
    (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libvulkan1 chromium) > /dev/null 2>&1 ||
      echo "they could not be installed"
  fi
  export VK_ICD_FILENAMES=$driver
fi
node test/run.mjs 'build/test/engines/webgpu/**' && node test/run.mjs gpu
