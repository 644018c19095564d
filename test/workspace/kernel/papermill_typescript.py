"""papermill for notebooks in TypeScript: python papermill_typescript.py IN.ipynb OUT.ipynb -p seed 2 ..."""
import json
from papermill.cli import papermill
from papermill.translators import Translator, papermill_translators

class TypeScript(Translator):
    comment = classmethod(lambda cls, text: f"// {text}")
    translate = classmethod(lambda cls, value: json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    assign = classmethod(lambda cls, name, value: f"const {name} = {value};")

papermill_translators.register("typescript", TypeScript)
papermill()
