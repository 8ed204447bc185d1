# Reads Scripts/floors, then Swift files; prints a line for every import that the table forbids and
# for every `unsafe` outside its rooms. Comments and string literals are blanked first.

function room_of(path, parts) {
  split(path, parts, "/")
  return parts[2]
}

# The room whose module is `module`, or "" for a module from elsewhere.
function room_named(module, bare) {
  if (module == "Hopfield" || (module in floor && module ~ /^C[A-Z]/)) return module
  bare = module
  if (sub(/^Hopfield/, "", bare) && bare in floor) return bare
  return ""
}

function fault(text) { print FILENAME ":" FNR ": " text }

# MARK: The table

FNR == NR {
  sub(/#.*/, "")
  if ($1 == "floor") for (i = 3; i <= NF; i++) floor[$i] = $2
  else if ($1 == "system") for (i = 2; i <= NF; i++) system_module[$i] = 1
  else if ($1 == "unsafe") for (i = 2; i <= NF; i++) may_be_unsafe[$i] = 1
  else if ($1 == "only" || $1 == "not") {
    name = $2
    sub(/:$/, "", name)
    if ($1 == "only") reserved[name] = 1
    for (i = 3; i <= NF; i++) if ($1 == "only") allowed[name, $i] = 1; else denied[name, $i] = 1
  }
  next
}

# MARK: Code without comments and strings

FNR == 1 {
  room = room_of(FILENAME)
  comments = 0   # depth of nested /* */
  string = ""    # the closing delimiter of the string literal that is open
  depth = 0      # of \( ) interpolations; each keeps its string in saved[depth]
  pending = ""   # an `import` whose module stands on the next line
}

function strip(line, out, i, c, hashes, rest) {
  if (!comments && string == "" && !depth && line !~ /["]|\/[*\/]/) return line
  out = ""
  for (i = 1; i <= length(line); i++) {
    rest = substr(line, i)
    c = substr(rest, 1, 1)
    if (comments) {
      if (rest ~ /^\*\//) { comments--; i++ }
      else if (rest ~ /^\/\*/) { comments++; i++ }
    } else if (string != "") {
      if (index(rest, string) == 1) { i += length(string) - 1; string = ""; out = out " " }
      else if (index(rest, escape) == 1) {
        i += length(escape)
        if (substr(line, i, 1) == "(") {
          saved[++depth] = string; saved_escape[depth] = escape; parens[depth] = 0
          string = ""
        }
      }
    } else if (rest ~ /^\/\//) break
    else if (rest ~ /^\/\*/) { comments++; i++ }
    else if (match(rest, /^#*"/)) {
      hashes = substr(rest, 1, RLENGTH - 1)
      string = (rest ~ /^#*"""/ ? "\"\"\"" : "\"") hashes
      escape = "\\" hashes
      i += length(string) - 1
    } else {
      if (depth && c == "(") parens[depth]++
      if (depth && c == ")" && parens[depth]-- == 0) {
        string = saved[depth]; escape = saved_escape[depth]; depth--
        continue
      }
      out = out c
    }
  }
  # Only a literal in triple quotes goes on in the next line.
  if (string != "" && string !~ /^"""/) { string = ""; depth = 0 }
  return out
}

{
  code = strip($0)
  if (code ~ /[Uu]nsafe/ && !(room in may_be_unsafe))
    fault("`unsafe` has no place in " room)
  count = split(code, statements, ";")
  for (k = 1; k <= count; k++) statement(statements[k])
}

# MARK: Imports

function statement(text, words, n, w, module) {
  if (pending != "") { text = "import " text; pending = "" }
  # Attributes such as @testable and @_spi(Name), then a level of access.
  while (sub(/^[ \t]*@[A-Za-z_]+[ \t]*(\([^)]*\))?[ \t]*/, "", text)) {}
  sub(/^[ \t]*(public|package|internal|fileprivate|private)[ \t]+/, "", text)
  while (sub(/^[ \t]*@[A-Za-z_]+[ \t]*(\([^)]*\))?[ \t]*/, "", text)) {}
  n = split(text, words, /[ \t]+/)
  w = (words[1] == "" ? 2 : 1)
  if (words[w] != "import") return
  module = words[w + 1]
  if (module == "") { pending = "import"; return }
  if (module ~ /^(struct|class|enum|protocol|typealias|func|let|var|actor|macro)$/)
    module = words[w + 2]
  gsub(/`/, "", module)
  sub(/\..*/, "", module)
  hold(module)
}

function hold(module, other) {
  if (!(room in floor)) return
  other = room_named(module)
  if (module in reserved) {
    if (!((module, room) in allowed)) fault(room " may not import " module)
  } else if (other != "") {
    if (floor[other] == floor[room])
      fault(room " imports its sibling " other " (both on floor " floor[room] ")")
    else if (floor[other] + 0 > floor[room] + 0)
      fault(room " (floor " floor[room] ") imports " other " above it (floor " floor[other] ")")
    else if ((room, other) in denied) fault(room " may not import " other)
  } else if (!(module in system_module))
    fault(room " imports " module ", which no line of Scripts/floors allows")
}
