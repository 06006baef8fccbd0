handler() {
  echo "{\"stamped\": $1}"
}
