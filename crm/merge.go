package crm

// extend returns a mapping that says what d says, and else what base says. Tables are
// taken key by key: those of d come first, each with what the table of the same
// name says in base, and then those of base that d has none for. Stages and
// rules are those of d where it has any.
func extend(d, base Definition) Definition {
	d.Name, d.Description = either(d.Name, base.Name), either(d.Description, base.Description)
	d.Process, d.TimeZone = either(d.Process, base.Process), either(d.TimeZone, base.TimeZone)
	d.Decimal = either(d.Decimal, base.Decimal)
	if d.Times == nil {
		d.Times = base.Times
	}
	if d.Stages == nil {
		d.Stages = base.Stages
	}
	if d.Rules == nil {
		d.Rules = base.Rules
	}
	if d.Deals == nil {
		d.Deals = base.Deals
	} else if base.Deals != nil {
		own := *d.Deals
		own.Table = own.Table.or(base.Deals.Table)
		fill(own.parts(), base.Deals.parts())
		if own.Status.isZero() {
			own.Status = base.Deals.Status
		}
		d.Deals = &own
	}
	d.Activities = extendTables(d.Activities, base.Activities, func(own *Activities, base Activities) {
		fill(own.parts(), base.parts())
		if own.Calls == nil && !own.NoCalls {
			own.Calls, own.NoCalls = base.Calls, base.NoCalls
		}
	})
	d.History = extendTables(d.History, base.History, func(own *History, base History) { fill(own.parts(), base.parts()) })
	d.Contacts = extendTables(d.Contacts, base.Contacts, func(own *Contacts, base Contacts) { fill(own.parts(), base.parts()) })
	d.Links = extendTables(d.Links, base.Links, func(own *Links, base Links) { fill(own.parts(), base.parts()) })
	return d
}

func either(own, base string) string {
	if own != "" {
		return own
	}
	return base
}

func (s Status) isZero() bool {
	return s.Field.IsZero() && s.Won == nil && s.Lost == nil && s.Open == nil
}

// or returns the table with what it leaves open as base has it.
func (t Table) or(base Table) Table {
	t.Name, t.Each = either(t.Name, base.Name), either(t.Each, base.Each)
	if t.Where == nil {
		t.Where = base.Where
	}
	if t.Unless == nil {
		t.Unless = base.Unless
	}
	return t
}

// fill gives the fields that are not read what base reads there.
func fill(own, base []part) {
	for i, p := range own {
		if p.IsZero() {
			*p.Field = *base[i].Field
		}
	}
}

// tabled is a pointer to a kind of table.
type tabled[T any] interface {
	*T
	table() *Table
}

func (t *Table) table() *Table { return t }

func extendTables[T any, P tabled[T]](own, base []T, extend func(own *T, base T)) []T {
	if own == nil {
		return base
	}
	list := append([]T{}, own...)
	used := make([]bool, len(base))
	for i := range list {
		t := P(&list[i]).table()
		for j := range base {
			b := P(&base[j]).table()
			if !used[j] && (t.Name == b.Name || (t.Name == "" || b.Name == "") && len(own) == 1 && len(base) == 1) {
				extend(&list[i], base[j])
				*t, used[j] = t.or(*b), true
				break
			}
		}
	}
	for j := range base {
		if !used[j] {
			list = append(list, base[j])
		}
	}
	return list
}
