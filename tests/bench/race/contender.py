"""The deal of the race in numpy: whole arrays of paths, quarter by quarter, in float64.

It follows the specification of the model by itself and shares nothing with the engine. Each line of the input asks for a
number of paths and a seed, or for the base case where the seed is null; each is answered with a line of JSON.
"""

import datetime
import json
import sys
import time

import numpy as np

CHUNK = 4096
P90 = 1.2815515655446004
H = 0.25


def at(tree, path):
    """Where a dotted path leads; things of a list go by their id or kind."""
    for key in path.split("."):
        if isinstance(tree, list):
            tree = next(each for each in tree if each.get("id", each.get("kind")) == key)
        else:
            tree = tree[key]
    return tree


class Draws:
    """Reads quantities of a deal: drawn anew for each chunk, or as in the base case."""

    def __init__(self, deal, generator, count):
        self.deal, self.generator, self.count = deal, generator, count

    def __getitem__(self, path):
        found = at(self.deal, path)
        if not isinstance(found, dict):
            return found
        if self.generator is None:
            return np.full(self.count, found["value"])
        low, high = found["low"], found["high"]
        match found["dist"]:
            case "uniform":
                return self.generator.uniform(low, high, self.count)
            case "triangular":
                return self.generator.triangular(low, found["value"], high, self.count)
            case "normal":
                return self.generator.normal((low + high) / 2, (high - low) / (2 * P90), self.count)
            case "lognormal":
                low, high = np.log(low), np.log(high)
                return self.generator.lognormal((low + high) / 2, (high - low) / (2 * P90), self.count)
        raise ValueError(found["dist"])


class Level:
    """A level that grows, the growth itself fading (Model 1.7)."""

    def __init__(self, draws, path):
        self.rate = draws[f"{path}.run_rate"]
        self.late = np.log1p(draws[f"{path}.terminal_growth"])
        self.decay = np.log(2) / draws[f"{path}.half_life"]
        self.swing = (np.log1p(draws[f"{path}.growth"]) - self.late) / self.decay

    def at(self, t):
        return self.rate * np.exp(self.late * t + self.swing * (1 - np.exp(-self.decay * t)))


def npvs(deal, calendar, draws):
    """Both sides' NPV of a chunk."""
    d = draws
    lines = [(Level(d, f"demand.lines.{i}"), d[f"demand.lines.{i}.inference"], d[f"demand.lines.{i}.terminal_inference"])
             for i in ("app", "api")]
    training = Level(d, "compute.training")
    half_life, elsewhere = d["compute.inference_half_life"], d["compute.elsewhere_premium"]
    agi = d["agi.year"] + d["agi.panel_delay"] - calendar.first
    margin, earnings, multiple_half_life = d["compute.margin"], d["lab.terminal_pe"], d["lab.multiple_half_life"]
    opex, late_opex = at(deal, "lab.opex"), d["lab.opex.terminal_ratio"]
    rate, owed = d["clauses.revenue-share.rate"], d["clauses.revenue-share.cap"] - d["clauses.revenue-share.paid"]
    share, premium = d["clauses.hosting.share"], d["clauses.hosting.premium"]
    lab, tax_terms, equity = at(deal, "lab"), at(deal, "tax"), at(deal, "clauses.equity")
    multiple = (lab["valuation"] - lab["cash"]) / sum(level.rate for level, _, _ in lines)

    cash, losses = np.full(d.count, lab["cash"]), np.full(d.count, lab["tax_losses"])
    stake, others = np.full(d.count, equity["fraction"]), np.full(d.count, 1 - equity["fraction"])
    backer, holders = np.full(d.count, calendar.capital_npv), np.zeros(d.count)
    basis = np.full(d.count, sum(calendar.capital))
    kept, interest_rate = (1 - lab["pool"]) ** H, (1 + lab["cash_yield"]) ** H - 1
    for k, m in enumerate(calendar.middles):
        fade = 2 ** (-m / half_life)
        revenues = [level.at(m) * H for level, _, _ in lines]
        revenue = revenues[0] + revenues[1]
        need = training.at(m) * H
        for amount, (_, now, late) in zip(revenues, lines):
            need = need + amount * (late + (now - late) * fade)
        served = share * need
        bill = (1 + premium) * served + (1 + elsewhere) * (need - served)
        before = np.clip((agi - k * H) / H, 0, 1)
        shared = np.minimum(rate * before * revenue, np.maximum(0, owed))
        owed = owed - shared
        interest = cash * interest_rate
        ratio = late_opex + (opex["ratio"] - late_opex) * 2 ** (-m / opex["half_life"])
        profit = revenue - bill - opex["fixed"] * H - ratio * revenue - shared + interest
        gain = np.maximum(profit, 0)
        sheltered = np.minimum(losses, tax_terms["loss_limit"] * gain)
        losses += np.maximum(-profit, 0) - sheltered
        tax = tax_terms["lab"] * (gain - sheltered)
        phi = 2 ** (-m / multiple_half_life)
        later = earnings * np.maximum(0, (profit - interest) * (1 - tax_terms["lab"]))
        enterprise = (phi * multiple * revenue + (1 - phi) * later) / H
        cash += profit - tax + calendar.capital[k]
        stake *= kept
        others *= kept
        before_raise = np.maximum(0, enterprise + cash)
        raised = np.where(cash < lab["min_cash"], lab["target_cash"] - cash, 0)
        part = raised / np.where(raised > 0, before_raise + raised, 1)
        bought = equity["participation"] * stake
        stake = stake * (1 - part) + bought * part
        others *= 1 - part
        basis += bought * raised
        cash += raised
        worth = np.maximum(0, enterprise + cash)
        out = np.minimum(np.minimum(np.maximum(0, cash - lab["target_cash"]), np.maximum(0, profit - tax)), worth)
        cash -= out
        worth -= out
        backer += (stake * out * (1 - tax_terms["capital_gains"]) - bought * raised) * calendar.equity[k]
        backer += (shared + (margin + premium) * served) * ((1 - tax_terms["backer"]) * calendar.operating[k])
        holders += others * out * calendar.holders[k]
    sale = stake * worth * (1 - equity["discount"])
    backer += (sale - tax_terms["capital_gains"] * np.maximum(0, sale - basis)) * calendar.equity[-1]
    holders += others * worth * calendar.holders[-1]
    return backer, holders


class Calendar:
    """What depends on dates alone."""

    def __init__(self, deal):
        date = datetime.date.fromisoformat
        effective, horizon = date(deal["effective"]), date(deal["horizon"])
        self.first = effective.year
        count = (horizon.year - self.first) * 4 + (horizon.month - 1) // 3 + 1
        self.middles = [k / 4 + 1 / 8 for k in range(count)]
        paid = [datetime.date(self.first + k // 4, (k % 4) * 3 + 2, 15) for k in range(count)]
        years = [(day - effective).days / 365 for day in paid]
        rate = deal["discount"]
        self.operating, self.equity, self.holders = (
            [(1 + rate[name]) ** -time for time in years] for name in ("operating", "equity", "lab"))
        self.capital, self.capital_npv = [0.0] * count, 0.0
        for day, amount in at(deal, "clauses.capital.tranches"):
            day = date(day)
            self.capital[(day.year - self.first) * 4 + (day.month - 1) // 3] += amount
            self.capital_npv -= amount * (1 + rate["contractual"]) ** (-(day - effective).days / 365)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        deal = json.load(file)
    print(json.dumps({"name": f"numpy {np.__version__}"}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        start = time.perf_counter()
        calendar = Calendar(deal)
        generator = None if asked["seed"] is None else np.random.default_rng(asked["seed"])
        parts = [npvs(deal, calendar, Draws(deal, generator, min(CHUNK, asked["paths"] - done)))
                 for done in range(0, asked["paths"], CHUNK)]
        backer, lab = (np.concatenate(side) for side in zip(*parts))
        sides = {"backer.npv": backer, "lab.npv": lab}
        answer = {name: {"mean": values.mean(), "sd": values.std()} for name, values in sides.items()}
        print(json.dumps({"milliseconds": (time.perf_counter() - start) * 1000, "metrics": answer}), flush=True)


main()
