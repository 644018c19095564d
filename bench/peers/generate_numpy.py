"""The twin's experiments in NumPy: the peer of bench/generation.ts.

The same equations, draws, columns and dtype as the engines of src/generation, computed as one would in NumPy: whole
columns of a chunk, float32 throughout, results straight into arrays that are used again for the next chunk. Random
numbers come from NumPy's own PCG64, so rows differ from ours and distributions do not. Formulas are explained in
src/chemistry; functions here have the names of the modules there.

What saves NumPy time and changes no result is done: regions of weight 0 are dropped, exponentials of the calendar are
taken once, recipes in place of impossible ones come from a store, exponents stay out of the subnormal range, where exp is
four times slower, and bounds are arrays, for np.maximum of an array and a scalar takes three times as long. Rows without
a value get their NaN by adding 0 / mask, since assignment through a mask is ten times slower than an addition.

    python generate_numpy.py FOLDER [--rows 1000000] [--chunk 20000] [--runs 5]

FOLDER holds setup.json and calendar.f32, which the bench writes. Prints JSON. Needs numpy 1.22 or newer.
"""
import argparse
import json
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np

f32 = np.float32
GAS_CONSTANT = 8.31446261815324
ROOM = 298.15
COEXISTENCE, NOTHING = 3, 4
BULK = 3


def as_floats(numbers):
    return SimpleNamespace(**{name: f32(value) for name, value in numbers.items()})


class Twin:
    def __init__(self, folder, chunk, seed):
        setup = json.loads((folder / "setup.json").read_text())
        self.numbers = setup["numbers"]
        self.codes = setup["codes"]
        self.axes = {name: i for i, name in enumerate(setup["axes"])}
        self.rng = np.random.Generator(np.random.PCG64(seed))
        self.chunk = chunk
        # All columns of a chunk; `n.temperatureCelsius` is one of them.
        self.n = SimpleNamespace(**{name: np.empty(chunk, f32) for name in self.numbers})
        self.c = SimpleNamespace(**{name: np.empty(chunk, np.uint16 if name in ("batch", "date") else np.uint8) for name in self.codes})
        self.faults = np.zeros(chunk, np.uint8)
        self.rejected = np.zeros(6, np.int64)
        self.p = as_floats(setup["physics"])
        self.laws = {name: as_floats(numbers) for name, numbers in setup["laws"].items()}
        self.barriers = [f32(value) for value in setup["barriers"]]
        self.masses = [f32(value) for value in setup["massPerLead"]]
        self.noise = f32(setup["noise"])
        self.read_regions(setup["regions"])
        self.read_calendar(np.fromfile(folder / "calendar.f32", f32), setup)
        # Uniform numbers: design, people, label. Normal ones: six readings.
        self.u = np.empty((len(self.axes) + 4, chunk), f32)
        self.z = np.empty((6, chunk), f32)
        self.oleate, self.extra = np.empty(chunk, f32), np.empty(chunk, f32)
        self.float_work = [np.empty(chunk, f32) for _ in range(2)]
        self.tiny = np.finfo(f32).tiny
        self.bounds = {value: np.full(chunk, value, f32) for value in (-1000, -80, 0, 1e-12, 1e-9, 1e-3, 1, 10, 0.9, self.tiny)}
        self.spare_rows = max(chunk // 10, 1)
        self.spare = SimpleNamespace(**{name: np.empty(self.spare_rows, f32) for name in self.recipe_columns})
        self.spare_oleate, self.spare_extra = np.empty(self.spare_rows, f32), np.empty(self.spare_rows, f32)
        self.sound = np.empty(0, np.intp)

    def at_least(self, value, x, out=None):
        return np.maximum(x, self.bounds[value], out=x if out is None else out)

    def at_most(self, value, x, out=None):
        return np.minimum(x, self.bounds[value], out=x if out is None else out)

    def read_regions(self, regions):
        used = [(code, region) for code, region in enumerate(regions) if region["weight"] > 0]
        self.borders = [f32(border) for border in np.cumsum([region["weight"] for _, region in used])[:-1]]
        column = lambda name, dtype=f32: np.array([region[name] for _, region in used], dtype)
        self.campaign = np.array([code for code, _ in used], np.uint8)
        self.route, self.is_hot, self.is_oleate = column("route", np.uint8), column("isHot", bool), column("isOleate", bool)
        self.sulfoxide, self.boiling = column("dimethylSulfoxideShare"), column("boilingCelsius")
        self.low, self.span = {}, {}
        for name in used[0][1]["ranges"]:
            low, high = np.array([region["ranges"][name] for _, region in used]).T
            if name not in ("temperatureCelsius", "extraBromideLeadRatio"):
                low, high = np.log(low), np.log(high)
            self.low[name], self.span[name] = low.astype(f32), (high - low).astype(f32)

    def read_calendar(self, calendar, setup):
        self.labs, self.days, self.operators = setup["labs"], setup["days"], setup["operators"]
        fields = np.ascontiguousarray(calendar.reshape(self.labs * self.days, -1).T)
        self.calendar = dict(zip(setup["calendarFields"], fields))
        for name in ("lnCaesium", "lnLead", "lnOleylamine", "lnWater", "lnMixing"):
            self.calendar[name] = np.exp(self.calendar[name])
        first = setup["calendarFields"].index("threshold")
        self.thresholds = np.ascontiguousarray(fields[first : first + self.operators]).ravel()

    # --- design -------------------------------------------------------------------------------------------------

    def choose_region(self, u):
        region = np.zeros(len(u), np.uint8)
        for border in self.borders:
            region += u >= border
        return region.astype(np.intp)

    def propose_recipe(self, u, region, n, oleate, extra):
        """Recipes into the columns of n; returns where they cannot be carried out, and the solvent's code."""
        low, span = self.float_work[0][: len(region)], self.float_work[1][: len(region)]

        def along(name, out):
            np.take(self.low[name], region, out=low, mode="clip")
            np.take(self.span[name], region, out=span, mode="clip")
            np.multiply(u[self.axes[name]], span, out=out)
            out += low
            return out

        def exp_along(name, out):
            return np.exp(along(name, out), out=out)

        hot, with_oleate = self.is_hot[region], self.is_oleate[region]
        along("temperatureCelsius", n.temperatureCelsius)
        exp_along("timeSecond", n.timeSecond)
        exp_along("mixingSecond", n.mixingSecond)
        exp_along("volumeMillilitre", n.volumeMillilitre)
        lead = exp_along("leadMolar", n.leadMolar)
        ratio = exp_along("caesiumLeadRatio", n.caesiumLeadRatio)
        caesium = np.multiply(lead, ratio, out=n.caesiumMolar)
        np.multiply(caesium, with_oleate, out=oleate)
        from_bromide = caesium - oleate
        np.multiply(along("extraBromideLeadRatio", extra), lead, out=extra)
        np.multiply(lead, f32(2), out=n.bromideMolar)
        n.bromideMolar += from_bromide
        n.bromideMolar += extra
        np.divide(n.bromideMolar, lead, out=n.bromideLeadRatio)
        np.multiply(exp_along("oleicAcidLeadRatio", n.oleicAcidMolar), lead, out=n.oleicAcidMolar)
        np.multiply(exp_along("oleylamineLeadRatio", n.oleylamineMolar), lead, out=n.oleylamineMolar)
        cold = ~hot
        antisolvent = exp_along("antisolventRatio", n.antisolventRatio)
        antisolvent *= cold
        water = exp_along("waterFraction", n.waterFraction)
        polar = np.subtract(f32(1), water, out=n.polarSolventFraction)
        dilution = antisolvent + f32(1)
        polar /= dilution
        polar *= cold
        sulfoxide = u[self.axes["polarSolvent"]] < self.sulfoxide[region]
        solvent = sulfoxide.view(np.uint8) + np.uint8(1)
        solvent *= cold

        # designFault
        stock = np.multiply(from_bromide, dilution, out=from_bromide)
        undissolved = (stock > np.where(sulfoxide, f32(1), f32(0.08))) & cold
        uncharged = oleate > n.oleicAcidMolar
        spitting = (water > f32(0.01)) & (n.temperatureCelsius >= f32(100)) & hot
        boiling = n.temperatureCelsius > self.boiling[region]
        liquids = n.oleicAcidMolar * (f32(1) / self.laws["ligands"].neatOleicAcid)
        liquids += n.oleylamineMolar * (f32(1) / self.laws["ligands"].neatOleylamine)
        liquids += polar
        liquids += water
        overfull = liquids > f32(1)
        return [overfull, boiling, spitting, uncharged, undissolved], solvent

    recipe_columns = (
        "temperatureCelsius", "timeSecond", "caesiumMolar", "leadMolar", "bromideMolar", "caesiumLeadRatio", "bromideLeadRatio", "oleicAcidMolar", "oleylamineMolar",
        "polarSolventFraction", "waterFraction", "antisolventRatio", "mixingSecond", "volumeMillilitre",
    )

    def count_faults(self, faults):
        """Rows with any fault; the first fault of each counts."""
        bad = np.flatnonzero(faults[0] | faults[1] | faults[2] | faults[3] | faults[4])
        if len(bad) > 0:
            first = np.argmax([fault[bad] for fault in faults], axis=0) + 1
            self.rejected += np.bincount(first, minlength=6)
        return bad

    def design(self):
        axes = len(self.axes)
        self.region = self.choose_region(self.u[0])
        faults, solvent = self.propose_recipe(self.u[:axes], self.region, self.n, self.oleate, self.extra)
        self.c.polarSolvent[:] = solvent
        rows = self.count_faults(faults)
        while len(rows) > 0:
            if len(self.sound) == 0:
                self.propose_spare()
            taken, self.sound = self.sound[: len(rows)], self.sound[len(rows) :]
            some, rows = rows[: len(taken)], rows[len(taken) :]
            for name in self.recipe_columns:
                getattr(self.n, name)[some] = getattr(self.spare, name)[taken]
            self.oleate[some], self.extra[some] = self.spare_oleate[taken], self.spare_extra[taken]
            self.region[some], self.c.polarSolvent[some] = self.spare_region[taken], self.spare_solvent[taken]

    def propose_spare(self):
        """Proposes recipes for later; those that can be carried out stand in `sound`."""
        u = self.rng.random((len(self.axes), self.spare_rows), dtype=f32)
        self.spare_region = self.choose_region(u[0])
        faults, self.spare_solvent = self.propose_recipe(u, self.spare_region, self.spare, self.spare_oleate, self.spare_extra)
        self.sound = np.delete(np.arange(self.spare_rows), self.count_faults(faults))

    def recipe_codes(self):
        c, region = self.c, self.region
        np.take(self.campaign, region, out=c.campaign, mode="clip")
        np.take(self.route, region, out=c.route, mode="clip")
        c.antisolvent[:] = c.route
        np.equal(self.oleate, f32(0), out=c.caesiumSource.view(bool))
        np.multiply(c.caesiumSource, np.uint8(2), out=c.bromideSource)
        c.bromideSource += self.extra > f32(0)

    # --- people -------------------------------------------------------------------------------------------------

    def meet_people(self):
        n, c, u = self.n, self.c, self.u[len(self.axes) :]
        lab = (u[0] * f32(self.labs)).astype(np.intp)
        operator = (u[1] * f32(self.operators)).astype(np.intp)
        c.date[:] = u[2] * f32(self.days)
        c.lab[:] = lab
        np.multiply(c.lab, np.uint8(self.operators), out=c.operator)
        c.operator += operator.astype(np.uint8)
        np.floor_divide(c.date, np.uint16(7), out=c.batch)
        c.batch += c.lab * np.uint16(self.days // 7)
        place = lab
        place *= self.days
        place += c.date
        self.place = place
        operator *= self.labs * self.days
        operator += place
        np.take(self.thresholds, operator, out=n.trueDetectionThreshold, mode="clip")
        self.today("quantumYieldGain", n.trueQuantumYieldGain)
        self.today("peakShift", n.truePeakShiftNanometre)

    def today(self, field, out=None):
        return np.take(self.calendar[field], self.place, out=out, mode="clip")

    def fill_vessel(self):
        n = self.n
        work = self.float_work[0]
        self.today("temperatureOffset", n.trueTemperatureCelsius)
        n.trueTemperatureCelsius += n.temperatureCelsius
        self.kelvin = n.trueTemperatureCelsius + f32(273.15)
        self.inverse = f32(1) / self.kelvin
        np.add(self.kelvin >= f32(361), self.kelvin >= f32(403), out=self.c.growthPolymorph, dtype=np.uint8)
        caesium = self.today("lnCaesium")
        np.multiply(caesium, n.caesiumMolar, out=n.trueCaesiumMolar)
        np.multiply(self.today("lnLead", n.trueLeadMolar), n.leadMolar, out=n.trueLeadMolar)
        np.subtract(n.caesiumMolar, self.oleate, out=n.trueBromideMolar)
        n.trueBromideMolar *= caesium
        np.multiply(n.trueLeadMolar, f32(2), out=work)
        n.trueBromideMolar += work
        n.trueBromideMolar += self.extra
        self.oleate *= caesium
        np.multiply(self.today("lnOleylamine", n.trueOleylamineMolar), n.oleylamineMolar, out=n.trueOleylamineMolar)
        np.multiply(self.today("lnWater", n.trueWaterFraction), n.waterFraction, out=n.trueWaterFraction)
        self.at_most(0.9, n.trueWaterFraction)
        np.multiply(self.today("lnMixing", n.trueMixingSecond), n.mixingSecond, out=n.trueMixingSecond)

    # --- chemistry ----------------------------------------------------------------------------------------------

    def speciation(self):
        n, p = self.n, self.p
        acid = n.oleicAcidMolar - self.oleate
        self.at_least(0, acid)
        amine = n.trueOleylamineMolar
        s = acid + amine
        s += f32(1) / p.acidBaseConstant
        product = acid * amine
        root = s * s
        root -= f32(4) * product
        self.at_least(0, root)
        np.sqrt(root, out=root)
        root += s
        product *= f32(2)
        pair = np.divide(product, root, out=n.trueIonPairMolar)
        free = np.subtract(amine, pair, out=n.trueFreeOleylamineMolar)
        self.at_least(0, free)
        warming = self.kelvin - f32(393)
        warming *= f32(1 / 80)
        np.exp(warming, out=warming)
        acid *= f32(0.35)
        acid += pair
        acid *= p.leadCapacity1
        acid += p.leadCapacity0
        acid *= warming
        acid += p.leadCapacityPolar * n.polarSolventFraction
        np.minimum(n.trueLeadMolar, acid, out=n.trueDissolvedLeadMolar)
        bound = p.leadPolarBinding * n.polarSolventFraction
        bound += p.leadAmineBinding * free
        bound += f32(1)
        np.divide(n.trueDissolvedLeadMolar, bound, out=n.trueLeadActivity)
        hydrated = p.caesiumHydration * n.trueWaterFraction
        hydrated += f32(1)
        np.divide(n.trueCaesiumMolar, hydrated, out=n.trueCaesiumActivity)

    def supersaturation(self):
        n, p = self.n, self.p

        def ln(activity, out):
            return np.log(self.at_least(1e-12, activity, out), out=out)

        inverse = self.inverse - f32(1 / ROOM)
        bromide = ln(n.trueBromideMolar, np.empty(self.chunk, f32))
        salt = ln(n.trueCaesiumActivity, n.trueLnSupersaturationCsBr)
        salt += bromide
        salt -= p.lnSolubilityCaesiumBromide
        salt += (p.dissolutionEnthalpyCaesiumBromide / f32(GAS_CONSTANT)) * inverse
        lead = ln(n.trueLeadActivity, n.trueLnSupersaturationPbBr2)
        bromide += bromide
        lead += bromide
        lead -= p.lnSolubilityLeadBromide
        lead += (p.dissolutionEnthalpyLeadBromide / f32(GAS_CONSTANT)) * inverse

        def energy(at_room, entropy):
            # (g - s (T - T0)) / RT = (g + s T0)/R 1/T - s/R
            value = self.inverse * f32((float(at_room) + float(entropy) * ROOM) / GAS_CONSTANT)
            value -= f32(float(entropy) / GAS_CONSTANT)
            return value

        perovskite = np.add(salt, lead, out=n.trueLnSupersaturationCsPbBr3)
        perovskite -= energy(p.reactionEnergy0, p.reactionEntropy0)
        np.multiply(salt, f32(3), out=n.trueExchangeCs4PbBr6)
        n.trueExchangeCs4PbBr6 -= energy(p.reactionEnergy1, p.reactionEntropy1)
        np.subtract(lead, energy(p.reactionEnergy2, p.reactionEntropy2), out=n.trueExchangeCsPb2Br5)
        np.add(perovskite, n.trueExchangeCs4PbBr6, out=n.trueLnSupersaturationCs4PbBr6)
        np.add(perovskite, n.trueExchangeCsPb2Br5, out=n.trueLnSupersaturationCsPb2Br5)

    def nucleation(self):
        n, p = self.n, self.p
        cube = self.inverse * self.inverse
        cube *= self.inverse

        def ln_rate(drive, barrier, out):
            # Where S <= 1 the drive counts as 0.001, at which the barrier alone brings the rate below its floor.
            squared = self.at_least(1e-3, drive, self.float_work[0])
            squared *= squared
            np.multiply(cube, barrier, out=out)
            out /= squared
            np.subtract(p.lnNucleationPrefactor, out, out=out)
            return self.at_least(-1000, out)

        first = ln_rate(n.trueLnSupersaturationCsPbBr3, self.barriers[0], n.trueLnNucleationRateCsPbBr3)
        second = ln_rate(n.trueLnSupersaturationCs4PbBr6, self.barriers[1], n.trueLnNucleationRateCs4PbBr6)
        third = ln_rate(n.trueLnSupersaturationCsPb2Br5, self.barriers[2], n.trueLnNucleationRateCsPb2Br5)
        fastest = np.maximum(first, second)
        np.maximum(fastest, third, out=fastest)
        total, work = first - fastest, self.float_work[0]
        np.exp(self.at_least(-80, total), out=total)
        for rate in (second, third):
            np.subtract(rate, fastest, out=work)
            total += np.exp(self.at_least(-80, work), out=work)
        total *= n.volumeMillilitre
        total *= np.minimum(n.timeSecond, n.trueMixingSecond, out=work)
        total *= f32(1e-6)
        np.log(total, out=total)
        total += fastest
        total -= p.lnVisibleNuclei
        self.at_most(10, total)
        np.exp(total, out=total)
        total *= f32(-0.6931472)
        np.exp(self.at_least(-80, total), out=total)
        np.subtract(f32(1), total, out=n.trueOnsetProbability)

    def phase_fractions(self):
        n, p, work = self.n, self.p, self.float_work[0]
        relaxation = self.inverse - f32(1 / 373)
        relaxation *= f32(45e3 / GAS_CONSTANT)
        np.exp(relaxation, out=relaxation)
        relaxation *= p.relaxationTime
        polar = n.polarSolventFraction * f32(5)
        polar += f32(1)
        relaxation /= polar
        unrelaxed = np.divide(n.timeSecond, relaxation, out=relaxation)
        np.negative(unrelaxed, out=unrelaxed)
        np.exp(self.at_least(-80, unrelaxed), out=unrelaxed)
        drives = (n.trueLnSupersaturationCsPbBr3, n.trueLnSupersaturationCs4PbBr6, n.trueLnSupersaturationCsPb2Br5)
        reference = drives[0] * f32(1 / 5)

        def logit(rate, drive, ions, kinetic_offset, sharpness, offset):
            kinetic = rate - n.trueLnNucleationRateCsPbBr3
            kinetic *= p.kineticWeight
            np.clip(kinetic, f32(-8), f32(8), out=kinetic)
            kinetic += kinetic_offset
            stable = drive * f32(1 / ions)
            stable -= reference
            stable *= sharpness
            stable += offset
            # (1 - f) kinetic + f stable
            kinetic -= stable
            kinetic *= unrelaxed
            kinetic += stable
            return kinetic

        weights = [
            None,
            logit(n.trueLnNucleationRateCs4PbBr6, drives[1], 11, p.kineticOffset1, p.equilibriumSharpness1, p.equilibriumOffset1),
            logit(n.trueLnNucleationRateCsPb2Br5, drives[2], 8, p.kineticOffset2, p.equilibriumSharpness2, p.equilibriumOffset2),
        ]
        highest = np.maximum(weights[1], weights[2])
        self.at_least(0, highest)
        weights[1] -= highest
        weights[2] -= highest
        weights[0] = np.negative(highest, out=highest)

        def above(drive, scale, out):
            np.multiply(drive, f32(-scale), out=out)
            np.clip(out, f32(-80), f32(0), out=out)
            np.exp(out, out=out)
            return np.subtract(f32(1), out, out=out)

        for weight, drive in zip(weights, drives):
            np.exp(self.at_least(-80, weight), out=weight)
            weight *= above(drive, 8, work)
        # Nothing supersaturated: all weights are 0, and so are their shares.
        total = weights[0] + weights[1]
        total += weights[2]
        self.at_least(self.tiny, total)
        for weight in weights:
            weight /= total
        first, second, third = weights
        excess = above(drives[0], 1, work) * first
        for share, drive, scale in ((second, drives[1], 1), (third, drives[2], 0.5)):
            above(drive, scale, work)
            work *= share
            excess += work

        def affordable(amount, *needs):
            sum_ = needs[0][0] * needs[0][1]
            for factor, share in needs[1:]:
                np.multiply(share, factor, out=work)
                sum_ += work
            self.at_least(1e-9, sum_)
            return np.divide(amount, sum_, out=sum_)

        lowest = affordable(n.trueCaesiumMolar, (f32(4), second), (f32(0.5), third), (f32(1), first))
        np.minimum(lowest, affordable(n.trueBromideMolar, (f32(3), first), (f32(6), second), (f32(2.5), third)), out=lowest)
        lead = first + second
        lead += third
        self.at_least(1e-9, lead)
        np.minimum(lowest, np.divide(n.trueDissolvedLeadMolar, lead, out=lead), out=lowest)
        lowest *= excess
        lowest /= n.trueLeadMolar
        self.at_most(1, lowest, n.trueLeadYield)
        fractions = (n.trueWeightFractionCsPbBr3, n.trueWeightFractionCs4PbBr6, n.trueWeightFractionCsPb2Br5)
        for share, mass, out in zip(weights, self.masses, fractions):
            np.multiply(share, mass, out=out)
        total = fractions[0] + fractions[1]
        total += fractions[2]
        self.at_least(self.tiny, total)
        for fraction in fractions:
            fraction /= total

    # --- outcome ------------------------------------------------------------------------------------------------

    def phase_label(self):
        n, work = self.n, self.float_work[0]
        first, second, third = n.trueWeightFractionCsPbBr3, n.trueWeightFractionCs4PbBr6, n.trueWeightFractionCsPb2Br5
        largest = np.maximum(first, second)
        np.maximum(largest, third, out=largest)
        ratio = n.trueCaesiumMolar / n.trueLeadMolar
        is_first = first == largest
        is_second = (second == largest) & ~is_first
        is_third = ~(is_first | is_second)
        # Later classes have higher codes, and the highest that applies counts.
        label = np.multiply(is_third.view(np.uint8), np.uint8(2), out=self.c.truePhase)
        label += is_second
        np.maximum(label, (largest < f32(0.85)).view(np.uint8) * np.uint8(COEXISTENCE), out=label)
        lost = (n.trueOnsetProbability < f32(0.5)) | (n.trueLeadYield < f32(0.05)) | (n.trueWaterFraction > f32(0.25)) | (ratio > f32(12))
        np.maximum(label, lost.view(np.uint8) * np.uint8(NOTHING), out=label)

        def times_logistic(product, x):
            """product / (1 + exp(-x)), x given with its sign turned; far out exp is infinite and the product 0."""
            np.exp(x, out=x)
            x += f32(1)
            product /= x

        product = n.trueOnsetProbability.copy()
        np.subtract(f32(0.05), n.trueLeadYield, out=work)
        work *= f32(1 / 0.01)
        times_logistic(product, work)
        np.subtract(n.trueWaterFraction, f32(0.25), out=work)
        work *= f32(1 / 0.02)
        times_logistic(product, work)
        np.log(ratio, out=ratio)
        ratio -= f32(np.log(12))
        ratio *= f32(1 / 0.1)
        times_logistic(product, ratio)
        np.subtract(f32(1), largest, out=work)
        work -= n.trueDetectionThreshold
        work *= f32(1 / 0.015)
        pure = product.copy()
        times_logistic(pure, work)
        mixed = product - pure
        np.subtract(f32(1), product, out=n.trueProbabilityNothing)
        np.multiply(pure, is_third, out=n.trueProbabilityCsPb2Br5)
        np.copyto(n.trueProbabilityCoexistence, mixed)
        for is_it, confusion, out in ((is_first, 0.02, n.trueProbabilityCsPbBr3), (is_second, 0.01, n.trueProbabilityCs4PbBr6)):
            np.multiply(pure, is_it, out=out)
            np.subtract(mixed, out, out=work)
            work *= f32(confusion)
            out += work
            n.trueProbabilityCoexistence -= work

    def particle_size(self):
        n = self.n
        law, centre, cold, dispersion = self.laws["hotInjection"], self.laws["slopeCentre"], self.laws["reprecipitation"], self.laws["dispersion"]
        temperature = n.trueTemperatureCelsius
        time = self.at_least(1, n.timeSecond, np.empty(self.chunk, f32))
        # Hot injection: ln of the size, with the laboratory's habits.
        ln_bromide = n.trueBromideMolar / n.trueLeadMolar
        np.log(ln_bromide, out=ln_bromide)
        hot = self.today("bromideSlope")
        hot += law.bromide
        hot *= ln_bromide
        hot -= np.log(centre.bromideLeadRatio) * self.today("bromideSlope", ln_bromide)
        work = self.today("temperatureSlope", self.float_work[0])
        work *= temperature - centre.temperatureCelsius
        hot += work
        hot += law.temperature * temperature
        np.divide(n.trueOleylamineMolar, n.trueLeadMolar, out=work)
        work += law.oleylamineShift
        np.log(work, out=work)
        work *= law.oleylamine
        hot += work
        np.log(time, out=work)
        work *= law.time
        hot += work
        hot += law.constant
        # Reprecipitation, and one exponential for both.
        time *= f32(1) / cold.ripeningSecond
        root = np.sqrt(time, out=time)
        size = np.add(root, f32(1), out=n.trueSizeNanometre)
        np.divide(root, size, out=size)
        at_one = np.sqrt(f32(1) / cold.ripeningSecond)
        size -= at_one / (f32(1) + at_one)
        size *= cold.ripening
        size += cold.constant
        size += cold.temperature * temperature
        is_hot = (self.c.route == 0).view(np.uint8).astype(f32)
        hot *= is_hot
        hot += self.today("lnSize", work)
        np.exp(hot, out=hot)
        # cold where not hot, otherwise 1
        size -= f32(1)
        size *= np.subtract(f32(1), is_hot, out=is_hot)
        size += f32(1)
        size *= hot
        size *= size
        size *= size
        size += dispersion.leastParticle**4
        np.sqrt(size, out=size)
        np.sqrt(size, out=size)
        glows = n.trueWeightFractionCsPbBr3 >= f32(0.15)
        glows &= self.c.truePhase != NOTHING
        self.dark = self.missing_unless(glows)
        # Bulk crystals glow and have no size.
        self.bulk = np.flatnonzero((self.c.route == BULK) & glows)
        size += self.dark
        size[self.bulk] = np.nan
        broad = f32(1) / n.timeSecond
        broad += n.timeSecond
        broad *= f32(0.5)
        np.log(broad, out=broad)
        broad *= f32(0.2)
        np.exp(broad, out=broad)
        broad *= dispersion.focused
        spread = np.add(broad, dispersion.greatest, out=n.trueSizeDispersionPercent)
        np.divide(broad, spread, out=spread)
        spread *= f32(100) * dispersion.greatest
        spread += self.dark
        spread[self.bulk] = np.nan

    def missing_unless(self, mask):
        """0 where the mask holds, elsewhere NaN."""
        numbers = mask.view(np.uint8).astype(f32)
        return np.divide(f32(0), numbers, out=numbers)

    def emission(self):
        n, law, quantum = self.n, self.laws["emission"], self.laws["quantumYield"]
        planck_light = f32(1239.841984)
        squared = n.trueSizeNanometre * n.trueSizeNanometre
        inverse = squared + law.softening
        np.divide(f32(1), inverse, out=inverse)
        slope = np.multiply(squared, inverse, out=squared)
        slope *= inverse
        slope *= n.trueSizeDispersionPercent
        slope *= f32(2 * np.sqrt(2 * np.log(2)) * 2 / 100) * law.confinement
        slope[self.bulk] = 0
        confined = np.multiply(inverse, law.confinement, out=inverse)
        confined[self.bulk] = 0
        confined += law.bulkElectronvolt
        # NaN of sizes carries on to peak and width.
        peak = np.divide(planck_light, confined, out=n.truePhotoluminescencePeakNanometre)
        slope *= slope
        slope += law.homogeneousWidth**2
        np.sqrt(slope, out=slope)
        slope *= peak
        slope *= peak
        np.multiply(slope, f32(1) / planck_light, out=n.truePhotoluminescenceWidthNanometre)
        bound = n.trueIonPairMolar * f32(0.5)
        bound += n.trueFreeOleylamineMolar
        bound *= quantum.ligandBinding
        bound += f32(1)
        losses = np.divide(quantum.trapping, bound, out=bound)
        losses += f32(1)
        losses += quantum.water * n.trueWaterFraction
        np.divide(n.trueWeightFractionCsPbBr3, losses, out=n.trueQuantumYield)
        n.trueQuantumYield += self.dark

    # --- reading ------------------------------------------------------------------------------------------------

    def read_outcome(self):
        n, z, phase, noise = self.n, self.z, self.c.phase, self.laws["noise"]
        if self.noise == 0:
            phase[:] = self.c.truePhase
        else:
            u = self.u[-1]
            cumulated = n.trueProbabilityCsPbBr3.copy()
            np.greater_equal(u, cumulated, out=phase.view(bool))
            for probability in (n.trueProbabilityCs4PbBr6, n.trueProbabilityCsPb2Br5, n.trueProbabilityCoexistence):
                cumulated += probability
                phase += u >= cumulated
        if self.noise != 1:
            z *= self.noise
        unseen = self.missing_unless(phase != NOTHING)
        size = np.multiply(z[0], noise.lnSize, out=n.sizeNanometre)
        np.exp(size, out=size)
        size *= n.trueSizeNanometre
        spread = np.multiply(z[1], noise.lnDispersion, out=n.sizeDispersionPercent)
        np.exp(spread, out=spread)
        spread *= n.trueSizeDispersionPercent
        sheets = np.flatnonzero(size > f32(100))
        size[sheets] = np.nan
        spread[sheets] = np.nan
        small = n.trueSizeNanometre * (f32(1) / noise.peakSmallSize)
        small *= small
        small *= small
        small += f32(1)
        np.divide(noise.peakSmall, small, out=small)
        small[self.bulk] = 0
        small += noise.peak
        peak = np.multiply(z[2], small, out=n.photoluminescencePeakNanometre)
        peak += n.truePhotoluminescencePeakNanometre
        peak += n.truePeakShiftNanometre
        width = np.multiply(z[3], noise.width, out=n.photoluminescenceWidthNanometre)
        width += n.truePhotoluminescenceWidthNanometre
        gained = n.trueQuantumYieldGain * n.trueQuantumYield
        deviation = np.multiply(gained, gained, out=n.quantumYield)
        deviation *= noise.quantumYieldRelative**2
        deviation += noise.quantumYield**2
        np.sqrt(deviation, out=deviation)
        deviation *= z[4]
        deviation += gained
        self.reflect(deviation)
        lead = np.multiply(z[5], noise.leadYield, out=n.leadYield)
        lead += n.trueLeadYield
        self.reflect(lead)
        for column in (size, spread, peak, width, n.quantumYield, lead):
            column += unseen

    def reflect(self, x):
        """Into [0, 1]: for x in [0, 1], 2 - x is never the smaller one."""
        np.abs(x, out=x)
        folded = np.subtract(f32(2), x, out=self.float_work[0])
        self.at_least(0, folded)
        np.minimum(x, folded, out=x)

    def fill(self):
        """The next chunk of rows into the columns."""
        self.rng.random(out=self.u, dtype=f32)
        self.rng.standard_normal(out=self.z, dtype=f32)
        self.design()
        self.recipe_codes()
        self.meet_people()
        self.fill_vessel()
        self.speciation()
        self.supersaturation()
        self.nucleation()
        self.phase_fractions()
        self.phase_label()
        self.particle_size()
        self.emission()
        self.read_outcome()


def summary(twin, rows):
    """Mean and share of missing of every number column, share of each level of every code column."""
    sums, known = np.zeros(len(twin.numbers)), np.zeros(len(twin.numbers))
    counts = {name: np.zeros(1 << 16, np.int64) for name in twin.codes}
    for _ in range(rows // twin.chunk):
        twin.fill()
        for slot, name in enumerate(twin.numbers):
            column = getattr(twin.n, name)
            sums[slot] += np.nansum(column, dtype=np.float64)
            known[slot] += np.count_nonzero(column == column)
        for name in twin.codes:
            counts[name] += np.bincount(getattr(twin.c, name), minlength=1 << 16)
    means = {name: float(total / max(count, 1)) for name, total, count in zip(twin.numbers, sums, known)}
    missing = {name: float(1 - count / rows) for name, count in zip(twin.numbers, known)}
    shares = {name: (count[: np.flatnonzero(count).max() + 1] / rows).tolist() for name, count in counts.items()}
    return {"means": means, "missing": missing, "shares": shares, "rejectedPerRow": (twin.rejected / rows).tolist()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--chunk", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    np.seterr(over="ignore", under="ignore", invalid="ignore", divide="ignore")
    rows = options.rows // options.chunk * options.chunk
    twin = Twin(options.folder, options.chunk, seed=1)
    # Also the warm-up.
    distribution = summary(twin, rows)
    runs = []
    for _ in range(options.runs):
        started, used = time.perf_counter(), time.process_time()
        for _ in range(rows // options.chunk):
            twin.fill()
        runs.append({"seconds": time.perf_counter() - started, "processorSeconds": time.process_time() - used})
    best, median = (rows / float(of([run["seconds"] for run in runs])) for of in (min, np.median))
    print(json.dumps({"numpy": np.__version__, "rows": rows, "best": best, "median": median, "runs": runs, **distribution}))


if __name__ == "__main__":
    main()
