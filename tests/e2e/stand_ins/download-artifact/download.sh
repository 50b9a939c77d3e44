#!/usr/bin/env bash
# As actions/download-artifact does (src/download-artifact.ts): no artifact is no error, the only
# one comes to the folder itself, and of several each one to a folder of its name.
set -euo pipefail

shopt -s nullglob
cd "$TEST_ARTIFACTS"
# shellcheck disable=SC2206 # the pattern is meant to be one
found=("$GITHUB_RUN_ID"/$PATTERN)
for artifact in "${found[@]}"; do
  target="$TARGET"
  if [ "${#found[@]}" -gt 1 ]; then target="$TARGET/${artifact##*/}"; fi
  mkdir -p "$target"
  cp -r "$artifact/." "$target"
done
