#!/usr/bin/env bash
# Shows that the gate bites: in a copy of the repository one thing is made worse at a time, and the layer that watches it must name the kernel and
# end with 1. Needs the .NET SDK. The layer speed takes twenty runs of one product for its floor.
#   prove.sh [LAYER]    only the changes that this layer must find: code, allocation, work or speed
set -uo pipefail
repository=$(cd "$(dirname "$0")/../.." && pwd)
only=${1:-}
case $only in
  "" | code | allocation | work | speed) ;;
  *) echo "prove.sh: LAYER is code, allocation, work or speed, received '$only'" >&2; exit 2 ;;
esac
copy=$(mktemp -d)
log=$(mktemp)
trap 'rm -rf "$copy" "$log"' EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

(cd "$repository" && git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$copy")
cd "$copy" || exit 2

program=bench/FastConv.PerfGate/bin/Release/net10.0/FastConv.PerfGate
table=""
failed=0

build() { dotnet build -c Release bench/FastConv.PerfGate -p:RunAnalyzers=false >"$log" 2>&1 || { cat "$log" >&2; return 1; }; }

# row CHANGE LAYER RESULT
row() { table+=$(printf '%-58s %-11s %s' "$1" "$2" "$3")$'\n'; }

# prove CHANGE LAYER KERNEL FILE OLD NEW: replaces the one OLD of FILE; LAYER must then end with 1 and name KERNEL.
prove() {
  local change=$1 layer=$2 kernel=$3 file=$4 old=$5 new=$6 text status line
  [ -z "$only" ] || [ "$only" = "$layer" ] || return 0
  text=$(<"$file")
  if [ "$text" = "${text/"$old"/}" ]; then
    row "$change" "$layer" "NOT PROVEN: $file has no '$old'"
    failed=1
    return
  fi
  printf '%s\n' "${text/"$old"/"$new"}" >"$file"
  if build; then
    "$program" --layer "$layer" --kernel "$kernel" >"$log" 2>&1
    status=$?
    line=$(grep -m 1 "^regressed: $layer, .*$kernel" "$log")
    if [ "$status" -eq 1 ] && [ -n "$line" ]; then
      row "$change" "$layer" "$line"
    else
      row "$change" "$layer" "NOT PROVEN: exit code $status"
      cat "$log" >&2
      failed=1
    fi
  else
    row "$change" "$layer" "NOT PROVEN: it does not build"
    failed=1
  fi
  printf '%s\n' "$text" >"$file"
}

build || exit 2
"$program" --layer code,allocation,work || { echo "the copy regresses without a change" >&2; exit 2; }

prove "a sum goes through memory in every step" code "micro-kernel" src/FastConv/Kernels/Gemm/MicroKernel.cs \
  "            a = a.Next(THeight.Rows);" \
  "            System.Threading.Volatile.Write(ref k, k);
            a = a.Next(THeight.Rows);"
prove "B is loaded twice in every step" code "small kernel" src/FastConv/Kernels/Gemm/SmallKernel.cs \
  "                TRow row = TRow.Load(rows);" \
  "                TRow row = TRow.Load(rows);
                TRow.Load(rows + ldb).Store(c);"
prove "half as wide vectors are chosen" code "depthwise" src/FastConv/Simd/SimdDispatch.cs \
  "            operation.Invoke<V512>();
        }
        else if (Avx2.IsSupported && Fma.IsSupported && LargestLanes >= Vector256<float>.Count)
        {
            operation.Invoke<V256>();" \
  "            operation.Invoke<V256>();
        }
        else if (Avx2.IsSupported && Fma.IsSupported && LargestLanes >= Vector256<float>.Count)
        {
            operation.Invoke<V128>();"
prove "a layer's forward makes an array" allocation "lenet training step" src/FastConv/Layers/Conv2d.cs \
  "        Conv2dPrimitives.Forward(
            ShapeFor(inputShape)," \
  "        Conv2dPrimitives.Forward(
            ShapeFor([.. inputShape.Dimensions.ToArray()]),"
prove "A is packed twice" work "gemm 256x256x512" src/FastConv/Kernels/Gemm/GemmKernel.cs \
  "                    PanelPacking.PackA<V>(blockA, mc, kc, packedA);" \
  "                    PanelPacking.PackA<V>(blockA, mc, kc, packedA);
                    PanelPacking.PackA<V>(blockA, mc, kc, packedA);"

if [ -z "$only" ] || [ "$only" = speed ]; then
  "$program" --layer speed --kernel "gemm 1024" --update >"$log" || { cat "$log" >&2; exit 2; }
  prove "k is cut into blocks of 16" speed "gemm 1024" src/FastConv/Kernels/Gemm/GemmBlocking.cs \
    "LargestKC = 1024" \
    "LargestKC = 16"
fi

echo
printf '%-58s %-11s %s\n%s' "change" "layer" "what the gate says" "$table"
exit "$failed"
