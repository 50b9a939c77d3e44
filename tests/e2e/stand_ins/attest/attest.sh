#!/usr/bin/env bash
# As actions/attest does: a subject for each file, by its name and digest; none is an error.
set -euo pipefail

# shellcheck disable=SC2206 # the path is meant to be a glob
subjects=($SUBJECTS)
bundle="$RUNNER_TEMP/attestation.json"
sha256sum -- "${subjects[@]}" | sed 's|  .*/|  |' > "$bundle"
{
  cat "$bundle"
  echo 'with:'
  env
} > "$TEST_ARTIFACTS/$GITHUB_RUN_ID/attested.txt"
echo "bundle-path=$bundle" >> "$GITHUB_OUTPUT"
