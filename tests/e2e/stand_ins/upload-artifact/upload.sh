#!/usr/bin/env bash
# As actions/upload-artifact does: of a folder its content; a name that is taken is an error.
set -euo pipefail

kept="$TEST_ARTIFACTS/$GITHUB_RUN_ID/$NAME"
if [ ! -e "$FROM" ]; then
  echo "No files were found with the provided path: $FROM"
  if [ "$MISSING" = error ]; then exit 1; else exit 0; fi
fi
if [ -e "$kept" ] && [ "$OVERWRITE" != true ]; then
  echo "an artifact with this name already exists on the workflow run"
  exit 1
fi
rm -rf "$kept"
mkdir -p "$kept"
if [ -d "$FROM" ]; then cp -r "$FROM/." "$kept"; else cp "$FROM" "$kept"; fi
